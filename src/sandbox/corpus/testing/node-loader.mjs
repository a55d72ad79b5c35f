/** Module hooks of the corpus in real Node: /opt and /var/task lie in a temporary folder, TypeScript loses its types, SDK packages come from this project. Runs in Node's own thread for hooks. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from 'sucrase';

/** `/…/coldstart-corpus-x/7` of a file in there. */
export const rootOf = (path) => /^(.*\/coldstart-corpus-[^/]+\/\d+)\//.exec(path)?.[1];

const PROJECT = join(import.meta.dirname, '../../../..');
/** Where a path of the execution environment lies. */
export const mapped = (root, path) => (/^\/(opt|var\/task|tmp)(\/|$)/.test(path) && !path.startsWith(`${root}/`) && !path.startsWith(`${PROJECT}/`) ? root + path : path);

/** A build would have made .js of these. */
const withTypeScript = (path) => (existsSync(path) ? path : [path.replace(/\.(m|c)?js$/, '.$1ts'), `${path}.ts`].find((candidate) => candidate !== path && existsSync(candidate)) ?? path);

export async function resolve(specifier, context, next) {
  const root = context.parentURL?.startsWith('file:') ? rootOf(fileURLToPath(context.parentURL)) : undefined;
  if (root === undefined) return next(specifier, context);
  if (specifier.startsWith('@aws-sdk/')) return next(specifier, { ...context, parentURL: import.meta.url });
  if (specifier.startsWith('/')) return next(pathToFileURL(mapped(root, specifier)).href, context);
  if (specifier.startsWith('.')) {
    const path = join(dirname(fileURLToPath(context.parentURL)), specifier);
    return next(pathToFileURL(withTypeScript(path)).href, context);
  }
  try {
    return await next(specifier, context);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    // As the runtime does it: packages of layers are found by ES modules too.
    return next(specifier, { ...context, parentURL: pathToFileURL(`${root}/opt/nodejs/index.mjs`).href }).catch(() => {
      throw error;
    });
  }
}

export async function load(url, context, next) {
  if (!/\.m?ts$/.test(url)) return next(url, context);
  const { code } = transform(readFileSync(fileURLToPath(url), 'utf8'), { transforms: ['typescript'], disableESTransforms: true, keepUnusedImports: false });
  return { format: 'module', source: code, shortCircuit: true };
}
