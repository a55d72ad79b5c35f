/** What a function's card and tabs say, worked out from its summary. Pure. */
import type { EnvironmentState } from '../../../ui/scene/environment-cell.tsx';
import { countText, timeText } from '../../../ui/quantity-text.ts';
import type { EnvironmentSummary, FunctionSummary } from '../model/summary.ts';

export interface CellFacts {
  readonly state: EnvironmentState;
  /** 0 to 1. */
  readonly progress: number;
  readonly word: string;
  readonly pinned: boolean;
}

/** Where a start without a known end stands: it rises fast, then slower, and is never full. */
const START_HALF_US = 250_000;

/** What an environment is doing at `nowUs`, as a cell shows it. */
export function cellOf(environment: EnvironmentSummary, nowUs: number): CellFacts {
  const { phase, sinceUs, untilUs, provisioned, outdated, child } = environment;
  const elapsed = Math.max(0, nowUs - sinceUs);
  const known = untilUs > sinceUs ? Math.min(1, elapsed / (untilUs - sinceUs)) : undefined;
  const base = { progress: 0, pinned: provisioned };
  if (phase === 'placing' || phase === 'init') return { ...base, state: 'starting', progress: known ?? elapsed / (elapsed + START_HALF_US), word: 'cold start' };
  if (phase === 'busy') return { ...base, state: 'busy', progress: known ?? 0, word: child === '' ? 'busy' : child };
  if (phase === 'failed') return { ...base, state: 'failed', word: 'failed' };
  // Old code is not used again: the environment goes when its next request would come.
  if (outdated) return { ...base, state: 'ending', word: 'ending' };
  return { ...base, state: 'warm', word: `warm ${ageText(elapsed / 1_000)}` };
}

/** Short enough for the room under a cell: one unit from a minute on. */
function ageText(ms: number): string {
  if (ms < 59_950) return timeText(ms);
  return ms < 3_570_000 ? `${Math.round(ms / 60_000)}\u00a0min` : `${Math.round(ms / 3_600_000)}\u00a0h`;
}

function counted(lambda: FunctionSummary): { readonly busy: number; readonly cold: number; readonly warm: number } {
  const count = (...phases: readonly EnvironmentSummary['phase'][]): number => lambda.environments.filter((environment) => phases.includes(environment.phase)).length;
  return { busy: count('busy'), cold: count('placing', 'init'), warm: count('idle', 'failed') };
}

/** '2 busy, 1 cold', 'all warm', 'no environment': the far form's one sentence. */
export function factText(lambda: FunctionSummary): string {
  if (lambda.state === 'Pending') return 'being created';
  const { busy, cold, warm } = counted(lambda);
  const parts = [...(busy > 0 ? [`${busy} busy`] : []), ...(cold > 0 ? [`${cold} cold`] : [])];
  if (parts.length > 0) return parts.join(', ');
  return warm > 0 ? 'all warm' : 'no environment';
}

/** 'Lambda, Node 22'. */
export function runtimeText(runtime: unknown): string {
  const version = /^nodejs(\d+)/.exec(String(runtime ?? ''))?.[1];
  return version === undefined ? 'Lambda' : `Lambda, Node ${version}`;
}

/** 'transcode, Lambda. 2 busy, 1 cold, 3 errors'. */
export function describeFunction(name: string, lambda: FunctionSummary | undefined): string {
  if (lambda === undefined) return `${name}, Lambda`;
  const { errors, throttles } = lambda.counters;
  const parts = [factText(lambda), countText(errors, 'error'), ...(throttles > 0 ? [`${throttles} throttled`] : [])];
  return `${name}, Lambda. ${parts.join(', ')}`;
}

/** Of a stream the ARN ends with the moment it was switched on: its table is named before. */
function sourceOf(arn: string): string {
  const table = /:table\/([^/]+)\/stream\//.exec(arn)?.[1];
  return table === undefined ? `polls ${arn.split(/[:/]/).pop() ?? arn}` : `reads changes of ${table}`;
}
export function isStream(mapping: FunctionSummary['mappings'][number]): boolean {
  return /:(kinesis|dynamodb):/.test(mapping.sourceArn);
}

/** 'polls jobs, batch 1', 'reads changes of orders, batch 100'. */
export function mappingText(mapping: FunctionSummary['mappings'][number]): string {
  const state = mapping.state === 'Enabled' ? '' : `, ${mapping.state.toLowerCase()}`;
  return `${sourceOf(mapping.sourceArn)}, batch ${mapping.batchSize}${state}`;
}

/** The text of a payload as an API answer carries it: bytes, base64 in a wrapper, or text. */
export function payloadText(payload: unknown): string {
  if (typeof payload === 'string') return payload;
  if (payload instanceof Uint8Array) return new TextDecoder().decode(payload);
  if (typeof payload === 'object' && payload !== null && '$bytes' in payload) return base64Text(String(payload.$bytes));
  return payload === undefined ? '' : JSON.stringify(payload);
}

/** UTF-8 text of base64: how LogResult comes. */
export function base64Text(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}

/** JSON on lines of its own, anything else as it is. */
export function readable(text: string): readonly string[] {
  try {
    return JSON.stringify(JSON.parse(text), null, 2).split('\n');
  } catch {
    return text.split('\n');
  }
}
