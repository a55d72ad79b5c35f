/** `npm run bench`: measures what the project promises to be fast at, each against a reference in the same run. */
import { writeFileSync } from 'node:fs';
import { accuracyRows } from './accuracy.ts';
import { eventLoopRows } from './event-loop.ts';
import { ffmpegRows } from './ffmpeg.ts';
import { functionRows } from './functions.ts';
import { handlerRows } from './handlers.ts';
import type { Row, Scale } from './measure.ts';
import { patternRows } from './patterns.ts';
import { queueRows } from './queues.ts';
import { tableOf } from './table.ts';

const GROUPS: Readonly<Record<string, (scale: Scale) => readonly Row[] | Promise<readonly Row[]>>> = {
  'event-loop': eventLoopRows,
  patterns: patternRows,
  queues: queueRows,
  functions: functionRows,
  handlers: handlerRows,
  ffmpeg: ffmpegRows,
  accuracy: accuracyRows,
};

const USAGE = `npm run bench -- [--only ${Object.keys(GROUPS).join(',')}] [--long] [--json file]\n`;

async function main(argv: readonly string[]): Promise<number> {
  const valueOf = (name: string): string | undefined => (argv.includes(name) ? argv[argv.indexOf(name) + 1] : undefined);
  if (argv.includes('--help')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const only = valueOf('--only')?.split(',') ?? Object.keys(GROUPS);
  const unknown = only.filter((name) => !(name in GROUPS));
  if (unknown.length > 0) {
    process.stderr.write(`There is no group '${unknown[0]}'.\n${USAGE}`);
    return 2;
  }
  const scale: Scale = { budgetMs: argv.includes('--long') ? 8_000 : 1_500 };
  const rows: Row[] = [];
  const start = performance.now();
  for (const name of only) {
    process.stderr.write(`${name} …\n`);
    rows.push(...(await GROUPS[name]!(scale)));
  }
  process.stdout.write(`${tableOf(rows).join('\n')}\n`);
  const json = valueOf('--json');
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ node: process.version, seconds: (performance.now() - start) / 1000, rows }, null, 2)}\n`);
  process.stdout.write(`${rows.filter((row) => row.met).length} of ${rows.length} bars met in ${((performance.now() - start) / 1000).toFixed(0)} s, Node ${process.version}\n`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
