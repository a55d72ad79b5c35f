/** Reads the command line of `coldstart`. */

export interface RunArguments {
  readonly command: 'run';
  /** Path of the scenario file; `-` reads standard input. */
  readonly scenario: string;
  readonly seed: number | undefined;
  readonly untilMs: number | undefined;
  readonly json: boolean;
  /** Folder with the clips that the scenario names. */
  readonly files: string | undefined;
}
export type Arguments = RunArguments | { readonly command: 'docs'; readonly json: boolean } | { readonly command: 'help' } | { readonly command: 'version' };

/** What the caller can put right: printed with how to call it, exit code 2. */
export class UsageError extends Error {}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `60s`, `500ms`, `2m`, `1.5h`. @throws UsageError */
export function durationMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|min|h|d)$/.exec(text);
  if (!match) throw new UsageError(`'${text}' is no time span. Write a number with ms, s, m, h or d, such as 60s.`);
  return Number(match[1]) * UNITS[match[2]!]!;
}

/** @param argv without the names of the program. @throws UsageError */
export function readArguments(argv: readonly string[]): Arguments {
  const [command, ...rest] = argv;
  if (command === undefined || command === 'help' || argv.includes('--help') || argv.includes('-h')) return { command: 'help' };
  if (command === '--version' || command === '-v') return { command: 'version' };
  if (command === 'docs') return docsArguments(rest);
  if (command !== 'run') throw new UsageError(`There is no command '${command}'.`);
  const options = new Map<string, string>();
  const names: string[] = [];
  let json = false;
  for (let i = 0; i < rest.length; i++) {
    const [name = '', inline] = splitOption(rest[i]!);
    if (name === '--json') json = true;
    else if (['--seed', '--until', '--files'].includes(name)) options.set(name, inline ?? valueOf(name, rest[++i]));
    else if (name.startsWith('--') || (name.startsWith('-') && name !== '-')) throw new UsageError(`run has no option '${name}'.`);
    else names.push(rest[i]!);
  }
  if (names.length !== 1) throw new UsageError(names.length === 0 ? 'run needs the file of a scenario.' : `run takes one scenario, got ${names.length}: ${names.join(', ')}.`);
  const until = options.get('--until');
  return { command: 'run', scenario: names[0]!, seed: seedOf(options.get('--seed')), untilMs: until === undefined ? undefined : durationMs(until), json, files: options.get('--files') };
}

function docsArguments(rest: readonly string[]): Arguments {
  const wrong = rest.find((word) => word !== '--json');
  if (wrong !== undefined) throw new UsageError(`docs has no option '${wrong}'.`);
  return { command: 'docs', json: rest.length > 0 };
}

function splitOption(text: string): readonly [string, string?] {
  const at = text.startsWith('--') ? text.indexOf('=') : -1;
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function valueOf(name: string, value: string | undefined): string {
  if (value === undefined || value.startsWith('--')) throw new UsageError(`${name} needs a value.`);
  return value;
}

function seedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text) || Number(text) > 4_294_967_295) throw new UsageError(`'${text}' is no seed. A seed is a whole number from 0 to 4294967295.`);
  return Number(text);
}
