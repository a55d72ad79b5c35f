/** Reads the corpus: realistic handlers with their events and results, several in a Markdown file, each under a heading of its own. README.md says how they are written. */

/** An AWS call: service id, operation, input. */
export type Call = readonly [service: string, operation: string, input: object];

export interface CorpusCase {
  readonly name: string;
  readonly runtime: string;
  readonly handler: string;
  readonly timeoutSec: number;
  /** Path under /var/task, or an absolute path under /opt → text. */
  readonly files: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  /** Before the first event. */
  readonly setUp: readonly Call[];
  readonly events: readonly unknown[];
  /** By event; ids and times masked. A failure is `{ errorType, errorMessage, at }`, where `at` is `file:line` of its first frame in the handler's files. */
  readonly expected: readonly unknown[];
  /** After the last event: their answers are compared. */
  readonly after: readonly Call[];
}

interface Options {
  readonly runtime?: string;
  readonly handler?: string;
  readonly timeoutSec?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

const FENCE = /^```(\w+) (\S+)\n([\s\S]*?)^```$/gm;
const SECTION = /^## (.+)$/gm;

/** @throws Error that names the case, for one that is incomplete */
export function readCases(markdown: string): readonly CorpusCase[] {
  const headings = [...markdown.matchAll(SECTION)];
  return headings.map((heading, at) => readCase(heading[1]!.trim(), markdown.slice(heading.index, headings[at + 1]?.index)));
}

function readCase(name: string, text: string): CorpusCase {
  const files: Record<string, string> = {};
  const events: unknown[] = [];
  const expected: unknown[] = [];
  let options: Options = {};
  let setUp: readonly Call[] = [];
  let after: readonly Call[] = [];
  for (const [, language, label, body] of text.matchAll(FENCE)) {
    const data = (): unknown => parsed(name, label!, body!);
    if (language === 'json' && label === 'event') events.push(data());
    else if (language === 'json' && label === 'result') expected.push(data());
    else if (language === 'json' && label === 'options') options = data() as Options;
    else if (language === 'json' && label === 'before') setUp = data() as readonly Call[];
    else if (language === 'json' && label === 'after') after = data() as readonly Call[];
    else files[label!] = body!;
  }
  if (Object.keys(files).length === 0 || events.length === 0 || events.length !== expected.length) throw new Error(`the case '${name}' needs files, and a result for every event`);
  return { name, runtime: options.runtime ?? 'nodejs22.x', handler: options.handler ?? 'index.handler', timeoutSec: options.timeoutSec ?? 30, environment: options.environment ?? {}, files, setUp, events, expected, after };
}

function parsed(name: string, label: string, body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new Error(`the case '${name}' has ${label} that is no JSON`, { cause: error });
  }
}

/** Ids, times and request handles are new in every run; V8 tells the line of bad JSON since Node 22. */
export function masked(value: unknown): unknown {
  const text = JSON.stringify(value ?? null)
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '<time>')
    .replace(/( in JSON at position \d+) \(line \d+ column \d+\)/g, '$1')
    .replace(/( after JSON at position \d+) \(line \d+ column \d+\)/g, '$1')
    .replace(/"(ReceiptHandle|SequenceNumber|VersionId|x-amz-id-2)":"[^"]*"/g, '"$1":"<any>"')
    .replace(/\b1[789]\d{11}\b/g, '"<ms>"')
    .replace(/""<ms>""/g, '"<ms>"');
  return JSON.parse(text);
}
