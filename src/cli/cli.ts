/** The `coldstart` command: runs a scenario file without a page. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { version } from '../../package.json';
import { docsOf } from '../runner/headless/docs.ts';
import { runScenario } from '../runner/headless.ts';
import { limitFiles } from '../services/limits.ts';
import { manifests } from '../services/manifests.ts';
import { models } from '../services/models.ts';
import { readArguments, UsageError } from './arguments.ts';
import type { RunArguments } from './arguments.ts';
import { docsText } from './docs-text.ts';
import { summaryOf } from './summary.ts';

const HELP = `coldstart run <scenario.json> [options]
coldstart docs [--json]

Runs a scenario without a page and prints what came of it. docs prints what of AWS is
modelled, what is simplified and what is not. The same scenario and seed give the same hash everywhere.

  --seed <n>       instead of the scenario's own seed
  --until <span>   virtual time to run: 500ms, 60s, 5m, 2h; until nothing is left to happen, unless told
  --files <dir>    folder with the clips that the scenario names; they are known by their content
  --json           prints trace, hash, metrics, cost and problems as JSON
  --help           prints this

Exit codes: 0 done, 1 the run failed or the file is no scenario, 2 the call makes no sense.
`;

/** Where the program writes. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

const CONSOLE: Output = { out: (text) => void process.stdout.write(text), err: (text) => void process.stderr.write(text) };

/** Runs the command. @param argv without the names of the program @returns the exit code */
export async function nodeCli(argv: readonly string[], output: Output = CONSOLE): Promise<number> {
  try {
    const args = readArguments(argv);
    if (args.command === 'run') return await run(args, output);
    if (args.command === 'docs') return printDocs(args.json, output);
    output.out(args.command === 'help' ? HELP : `${version}\n`);
    return argv.length === 0 ? 2 : 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    output.err(error instanceof UsageError ? `${message}\n\n${HELP}` : `${message}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function run(args: RunArguments, output: Output): Promise<number> {
  const scenario = parse(args.scenario, await read(args.scenario));
  const files = args.files === undefined ? {} : await filesOf(args.files);
  const result = await runScenario(scenario, { files, ...(args.seed === undefined ? {} : { seed: args.seed }), ...(args.untilMs === undefined ? {} : { untilMs: args.untilMs }) });
  if (args.json) {
    output.out(`${JSON.stringify(result, null, 1)}\n`);
    return 0;
  }
  const base = ('base' in scenario ? scenario.base : scenario) as { readonly name: string; readonly seed: number };
  output.out(`${summaryOf({ name: base.name, seed: args.seed ?? base.seed, run: result }).join('\n')}\n`);
  return 0;
}

function printDocs(json: boolean, output: Output): number {
  const docs = docsOf({ models, manifests, limits: limitFiles });
  output.out(json ? `${JSON.stringify(docs, null, 1)}\n` : docsText(docs));
  return 0;
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path === '-' ? '/dev/stdin' : path, 'utf8');
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function parse(path: string, text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    throw new Error(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  throw new Error(`${path} holds no scenario.`);
}

async function filesOf(folder: string): Promise<Record<string, Uint8Array>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new Error(`${folder} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  return Object.fromEntries(await Promise.all(files.map(async (name) => [name, new Uint8Array(await readFile(join(folder, name)))] as const)));
}
