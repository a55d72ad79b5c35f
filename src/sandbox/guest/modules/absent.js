/** Names that Node's modules export and that are not modelled: importing them works, using them says so by name. @source Node.js 22 docs, by module */
import { refuses } from '../core/not-modelled.js';

const NAMES = {
  util: 'MIMEType MIMEParams aborted getSystemErrorMap getSystemErrorName parseArgs parseEnv transferableAbortController transferableAbortSignal',
  fs: 'chown chownSync fchmod fchmodSync fchown fchownSync fdatasync fdatasyncSync futimes futimesSync lchown lchownSync lutimes lutimesSync openAsBlob readv readvSync statfs statfsSync unwatchFile writev writevSync',
  'fs/promises': 'chown lchown link lutimes readlink statfs symlink watch',
  path: 'matchesGlob',
  crypto: 'createDiffieHellman createECDH createSecretKey diffieHellman generateKey generateKeySync generatePrime generatePrimeSync getCipherInfo getCiphers getCurves getDiffieHellman privateEncrypt publicDecrypt sign verify checkPrime checkPrimeSync',
  events: 'EventEmitterAsyncResource',
  url: 'urlToHttpOptions',
  buffer: 'File transcode resolveObjectURL',
  stream: 'compose duplexPair',
  os: 'getPriority setPriority',
  module: 'findSourceMap register runMain',
};

/** Adds what a module lacks. */
export function addAbsent(name, module) {
  for (const key of (NAMES[name] ?? '').split(' ')) {
    if (key !== '' && !(key in module)) module[key] = refuses(`${name}.${key}`);
  }
  return module;
}
