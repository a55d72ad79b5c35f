/** The size budget: JavaScript that the page loads before anything is asked for (index.html's static import graph, workers left out) is at most 180 kB compressed. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET_BYTES = 180_000;
/** Fewer than this, and the graph was not read rightly. */
const FILES_MIN = 3;

/** Static imports of a built module: `import … from "./x.js"`, `import "./x.js"`, `export … from "./x.js"`; not `import("./x.js")`. */
export function staticImports(text) {
  return [...text.matchAll(/\b(?:import|export)\s*(?:[\w$*{}\s,]+?\s*from\s*)?["'](\.{1,2}\/[^"']+\.js)["']/g)].map((match) => match[1]);
}

/** Every script of the page by its path under `dist`, with its compressed size. */
export function initialScripts(dist) {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const open = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+\.js)"/g), ...html.matchAll(/<link\b[^>]*\brel="modulepreload"[^>]*\bhref="([^"]+)"/g)].map(
    (match) => normalize(match[1]),
  );
  const sizes = new Map();
  while (open.length > 0) {
    const file = open.pop();
    if (sizes.has(file)) continue;
    const path = join(dist, file);
    if (!existsSync(path)) throw new Error(`${file} is imported, and not in the build`);
    const bytes = readFileSync(path);
    sizes.set(file, gzipSync(bytes, { level: 9 }).length);
    for (const target of staticImports(bytes.toString('utf8'))) open.push(normalize(join(dirname(file), target)));
  }
  return sizes;
}

if (process.argv[1]?.endsWith('size-budget.mjs')) {
  const sizes = initialScripts(process.argv[2] ?? join(import.meta.dirname, '..', '..', 'dist'));
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  for (const [file, size] of [...sizes].sort((a, b) => b[1] - a[1])) console.log(`${String(size).padStart(8)}  ${file}`);
  console.log(`${total} of ${BUDGET_BYTES} bytes in ${sizes.size} files`);
  if (sizes.size < FILES_MIN) {
    console.error(`Only ${sizes.size} files were found: the import graph was not read.`);
    process.exit(1);
  }
  if (total > BUDGET_BYTES) process.exit(1);
}
