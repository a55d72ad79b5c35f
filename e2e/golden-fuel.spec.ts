/** Metering is the same everywhere: the golden programs use in Chromium exactly the fuel that they use in Node. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, test } from './fixtures.ts';

test("every golden program uses its golden fuel in a worker of the page, under the page's own policy", async ({ app, page }) => {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2023', minify: false, lib: { entry: join(import.meta.dirname, 'golden-fuel.worker.ts'), formats: ['es'], fileName: 'worker' } },
  });
  const [bundle] = Array.isArray(result) ? result : [result];
  const output = bundle !== undefined && 'output' in bundle ? bundle.output : [];
  const code = output.flatMap((chunk) => (chunk.type === 'chunk' && chunk.isEntry ? [chunk.code] : [])).join('');
  expect(output.filter((chunk) => chunk.type === 'chunk')).toHaveLength(1);
  await app.open();
  const seen = await page.evaluate(async (text) => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    const worker = new Worker(url, { type: 'module' });
    try {
      return await new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = (event) => reject(new Error(event.message));
      });
    } finally {
      worker.terminate();
      URL.revokeObjectURL(url);
    }
  }, code);
  const golden: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../src/sandbox/golden-fuel.json'), 'utf8'));
  expect(seen).toEqual([golden, golden]);
});
