/** Load and faults of one node: pure edits of a design. Either list is laid down before a run, so that a change begins it anew. */
import { sameData } from '../base/same-data.ts';
import type { LoadInput, ScenarioNode, ServiceManifest } from '../sim/manifest.ts';
import type { Fault, ScenarioBase, Stimulus } from './schema.ts';

export type Arrivals = Stimulus['arrivals'];

/** The load that is shown at a node: what names it, and calls of nobody's that go to it. */
export function loadOf(base: ScenarioBase, node: ScenarioNode, o: { readonly manifest: ServiceManifest; readonly arn: string }): readonly Stimulus[] {
  const { load } = o.manifest;
  return base.stimuli.filter((stimulus) => {
    const { service, operation, input } = stimulus.call;
    if (stimulus.node !== undefined) return stimulus.node === node.id;
    return load !== undefined && service === node.service && operation === load.operation && sameData(load.aim(input, o.arn), input);
  });
}

export function faultsOf(base: ScenarioBase, nodeId: string): readonly Fault[] {
  return base.faults.filter(({ node }) => node === nodeId);
}

/** A new load at a node: a call each second for a minute. */
export function newStimulus(base: ScenarioBase, node: ScenarioNode, call: { readonly operation: string; readonly input: LoadInput }): Stimulus {
  return {
    id: freeId(base.stimuli, `${node.id.slice(0, 50)}-load`),
    node: node.id,
    call: { service: node.service, operation: call.operation, input: call.input as Stimulus['call']['input'] },
    arrivals: { kind: 'constant', everyMs: 1_000, fromMs: 0, untilMs: 60_000 },
  };
}

/** A new fault of a node: of that kind, at every call of the first minute. */
export function newFault(base: ScenarioBase, nodeId: string, kind: Fault['kind']): Fault {
  return { id: freeId(base.faults, `${nodeId.slice(0, 50)}-fault`), node: nodeId, kind, fromMs: 0, untilMs: 60_000, chance: 1 };
}

/** ARN by which the trace names a load. */
export function stimulusArn(id: string): string {
  return `arn:aws:stimuli:::${id}`;
}

/** How much later a slow handler begins: a second, unless its fault says `delayMs`. */
export function delayMsOf({ config }: Pick<Fault, 'config'>): number {
  const delayMs = config?.['delayMs'];
  return typeof delayMs === 'number' && delayMs >= 0 ? delayMs : 1_000;
}

/** Adds it, or puts it in the place of the one with its id. */
export function withStimulus(base: ScenarioBase, stimulus: Stimulus): ScenarioBase {
  return { ...base, stimuli: put(base.stimuli, stimulus) };
}
export function withoutStimulus(base: ScenarioBase, id: string): ScenarioBase {
  return { ...base, stimuli: base.stimuli.filter((one) => one.id !== id) };
}
export function withFault(base: ScenarioBase, fault: Fault): ScenarioBase {
  return { ...base, faults: put(base.faults, fault) };
}
export function withoutFault(base: ScenarioBase, id: string): ScenarioBase {
  return { ...base, faults: base.faults.filter((one) => one.id !== id) };
}

/** The same load by another law, in the same span and about as many calls as can be carried over. */
export function asKind(arrivals: Arrivals, kind: Arrivals['kind']): Arrivals {
  if (arrivals.kind === kind) return arrivals;
  const { fromMs, untilMs } = spanOf(arrivals);
  const perSec = rateOf(arrivals);
  switch (kind) {
    case 'constant':
      return { kind, everyMs: Math.round(1_000_000 / perSec) / 1_000, fromMs, untilMs };
    case 'poisson':
      return { kind, perSec, fromMs, untilMs };
    case 'ramp':
      return { kind, fromPerSec: 0, toPerSec: 2 * perSec, fromMs, untilMs };
    case 'burst':
      return { kind, atMs: fromMs, count: arrivals.kind === 'list' ? Math.max(1, arrivals.atMs.length) : 10 };
    case 'list':
      return { kind, atMs: arrivals.kind === 'burst' ? [fromMs] : [fromMs, untilMs].filter((at, i) => i === 0 || at > fromMs) };
  }
}

/** How many calls a law makes; of Poisson arrivals, how many on average. */
export function callsOf(arrivals: Arrivals): number {
  const { fromMs, untilMs } = spanOf(arrivals);
  const sec = Math.max(0, untilMs - fromMs) / 1_000;
  switch (arrivals.kind) {
    case 'list':
      return arrivals.atMs.length;
    case 'burst':
      return arrivals.count;
    case 'constant':
      return Math.ceil((sec * 1_000) / arrivals.everyMs);
    case 'poisson':
      return arrivals.perSec * sec;
    case 'ramp':
      return Math.ceil(((arrivals.fromPerSec + arrivals.toPerSec) / 2) * sec);
  }
}

function spanOf(arrivals: Arrivals): { readonly fromMs: number; readonly untilMs: number } {
  if (arrivals.kind === 'burst') return { fromMs: arrivals.atMs, untilMs: arrivals.atMs + 60_000 };
  if (arrivals.kind !== 'list') return arrivals;
  const fromMs = arrivals.atMs.reduce((a, b) => Math.min(a, b), arrivals.atMs[0] ?? 0);
  const untilMs = arrivals.atMs.reduce((a, b) => Math.max(a, b), fromMs);
  return { fromMs, untilMs: untilMs > fromMs ? untilMs : fromMs + 60_000 };
}

function rateOf(arrivals: Arrivals): number {
  if (arrivals.kind === 'poisson') return arrivals.perSec;
  if (arrivals.kind === 'constant') return Math.round(1_000_000 / arrivals.everyMs) / 1_000 || 0.001;
  if (arrivals.kind === 'ramp') return Math.max(arrivals.fromPerSec, arrivals.toPerSec) / 2 || 1;
  return 1;
}

function put<T extends { readonly id: string }>(list: readonly T[], item: T): T[] {
  return list.some(({ id }) => id === item.id) ? list.map((one) => (one.id === item.id ? item : one)) : [...list, item];
}

function freeId(list: readonly { readonly id: string }[], stem: string): string {
  const taken = new Set(list.map(({ id }) => id));
  for (let n = 1; ; n++) {
    const id = n === 1 ? stem : `${stem}-${n}`;
    if (!taken.has(id)) return id;
  }
}
