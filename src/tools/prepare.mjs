/** Makes what a build needs and git does not hold: the metered engine, the guest's prelude, and in public/ ffmpeg's core and the licence texts. Does nothing when it is up to date. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildEngine } from '../sandbox/engine/build.mjs';
import { writeLicences } from './licences.mjs';

const root = join(import.meta.dirname, '..', '..');

export function copyFfmpeg() {
  const from = join(root, 'node_modules/@ffmpeg/core/dist/esm');
  const to = join(root, 'public/ffmpeg');
  mkdirSync(to, { recursive: true });
  for (const name of ['ffmpeg-core.js', 'ffmpeg-core.wasm']) {
    const target = join(to, name);
    if (!existsSync(target) || statSync(target).size !== statSync(join(from, name)).size) copyFileSync(join(from, name), target);
  }
}

/** In a process of its own: bundling is asynchronous. */
function buildGuest() {
  const { status } = spawnSync(process.execPath, [join(root, 'src/sandbox/guest/build.mjs')], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the guest prelude was not built');
}

export function prepare() {
  buildEngine();
  buildGuest();
  copyFfmpeg();
  writeLicences();
}

if (process.argv[1]?.endsWith('prepare.mjs')) prepare();
