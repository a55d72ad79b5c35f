/** Makes the metered engine from the shipped QuickJS module: run before a build or a test; does nothing when the result is up to date. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { instrument } from './rewrite/instrument.mjs';
import { fixUsableSize } from './rewrite/usable-size.mjs';
import { readSections, writeSections } from './rewrite/wasm-format.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** The slots and offsets that the rewrite and the engine rely on are those of this very module. */
export const INPUT_SHA256 = 'b56fe5094b8751c47b8c32fb5ed4d75afe2dbb43412d3d983ac5d1156af456da';
export const OUTPUT = join(here, 'quickjs.generated.wasm');
/** Calls of the engine's own functions inside each other; a JavaScript call takes several. */
export const DEPTH_MAX = 4_000;

export function rewrite(bytes) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== INPUT_SHA256) throw new Error(`the QuickJS module is not the pinned one: sha256 ${sha256}`);
  const sections = readSections(bytes).filter((section) => section.id !== 0);
  fixUsableSize(sections);
  const stats = instrument(sections, { depthMax: DEPTH_MAX });
  return { bytes: writeSections(bytes.subarray(0, 8), sections), stats };
}

export function buildEngine() {
  const input = join(dirname(require.resolve('@jitl/quickjs-ng-wasmfile-release-sync')), 'emscripten-module.wasm');
  const sources = ['build.mjs', 'rewrite/instrument.mjs', 'rewrite/block-marks.mjs', 'rewrite/usable-size.mjs', 'rewrite/wasm-format.mjs'].map((name) => join(here, name));
  const newest = Math.max(...sources.map((path) => statSync(path).mtimeMs));
  if (existsSync(OUTPUT) && statSync(OUTPUT).mtimeMs > newest) return;
  const { bytes, stats } = rewrite(new Uint8Array(readFileSync(input)));
  writeFileSync(OUTPUT, bytes);
  console.log(`engine: ${stats.functions} functions, ${stats.loops} loops and ${stats.bulk} bulk instructions metered, ${stats.stores} stores marked, ${(bytes.length / 1024).toFixed(0)} kB`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) buildEngine();
