/** Collects the licence texts of every package that a build ships, with all that these depend on, into public/licences.txt. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Names of the runtime dependencies and of everything they depend on, sorted. Types alone ship nothing. */
export function shippedPackages() {
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name) || name.startsWith('@types/') || !existsSync(join(root, 'node_modules', name, 'package.json'))) return;
    seen.add(name);
    for (const dependency of Object.keys(manifestOf(name).dependencies ?? {})) visit(dependency);
  };
  for (const name of Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies)) visit(name);
  return [...seen].sort();
}

function manifestOf(name) {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
}

/** Writes the file when it would change. */
export function writeLicences() {
  const parts = [readFileSync(join(root, 'NOTICE'), 'utf8')];
  for (const name of shippedPackages()) {
    const { version, license } = manifestOf(name);
    const folder = join(root, 'node_modules', name);
    const texts = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /^(licen[sc]e|copying|notice|thirdpartynotices)/i.test(entry.name))
      .map((entry) => readFileSync(join(folder, entry.name), 'utf8').trim());
    // The packages of ffmpeg bring no text of the licence that its core is under.
    if (texts.length === 0 && license === 'GPL-2.0-or-later') texts.push(readFileSync(join(import.meta.dirname, 'gpl-2.0.txt'), 'utf8').trim());
    parts.push(`${'-'.repeat(80)}\n${name} ${version} (${license ?? 'see below'})\n\n${texts.join('\n\n') || `The package brings no text; its licence is ${license}.`}\n`);
  }
  const text = parts.join('\n');
  const target = join(root, 'public/licences.txt');
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
}
