/** Stimuli of a scenario as a service of the runner's own: calls made by themselves, at listed times or by a law of arrivals. */
import { z } from 'zod';
import { stimulusArn } from '../scenario/load.ts';
import { stimulusSchema } from '../scenario/schema.ts';
import type { Stimulus } from '../scenario/schema.ts';
import { ADMIN } from '../sim/principal.ts';
import { defineModel, operation } from '../sim/service.ts';
import type { Context } from '../sim/service.ts';
import { STIMULI_KINDS } from '../sim/stimuli-kinds.ts';
import { msToUs } from '../sim/units.ts';

type StimuliContext = Context<{ stimuli: readonly Stimulus[] }, object>;

/** A list in order of time. */
function inOrder(stimulus: Stimulus): Stimulus {
  const { arrivals } = stimulus;
  return arrivals.kind === 'list' ? { ...stimulus, arrivals: { kind: 'list', atMs: [...arrivals.atMs].sort((a, b) => a - b) } } : stimulus;
}

/** The first arrival, µs since t = 0, or null when there is none. */
function firstAt(context: StimuliContext, { id, arrivals }: Stimulus): number | null {
  switch (arrivals.kind) {
    case 'list':
      return listed(arrivals.atMs, 0);
    case 'burst':
      return msToUs(arrivals.atMs);
    case 'constant':
      return arrivals.fromMs < arrivals.untilMs ? msToUs(arrivals.fromMs) : null;
    case 'ramp':
      return rampedAt(arrivals, 0);
    case 'poisson':
      return within(arrivals, msToUs(arrivals.fromMs) + gapUs(context, id, arrivals.perSec));
  }
}

/** The next arrival after the n-th (from 1) at `atUs`, or null. */
function nextAt(context: StimuliContext, { id, arrivals }: Stimulus, n: number, atUs: number): number | null {
  switch (arrivals.kind) {
    case 'list':
      return listed(arrivals.atMs, n);
    case 'burst':
      return n < arrivals.count ? atUs : null;
    case 'constant':
      return within(arrivals, msToUs(arrivals.fromMs + n * arrivals.everyMs));
    case 'ramp':
      return rampedAt(arrivals, n);
    case 'poisson':
      return within(arrivals, atUs + gapUs(context, id, arrivals.perSec));
  }
}

function listed(atMs: readonly number[], n: number): number | null {
  const at = atMs[n];
  return at === undefined ? null : msToUs(at);
}
/** Where the integral of a ramp's rate reaches n: the first call comes at its start, as that of a constant load. Near numbers are never subtracted. */
function rampedAt(ramp: Extract<Stimulus['arrivals'], { readonly kind: 'ramp' }>, n: number): number | null {
  const { fromPerSec: from, toPerSec: to, fromMs, untilMs } = ramp;
  if (from + to === 0 || untilMs <= fromMs) return null;
  const square = from * from + (2 * n * (to - from) * 1_000) / (untilMs - fromMs);
  if (square < 0) return null;
  return within(ramp, msToUs(fromMs + (n === 0 ? 0 : (2_000 * n) / (from + Math.sqrt(square)))));
}
function gapUs(context: StimuliContext, id: string, perSec: number): number {
  return Math.round(context.random(`stimulus.${id}`).exponential(1_000_000 / perSec));
}
function within(arrivals: { readonly untilMs: number }, atUs: number): number | null {
  return atUs < msToUs(arrivals.untilMs) ? atUs : null;
}

const NUMBER = '{{n}}';
function asksForNumber(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(NUMBER);
  return typeof value === 'object' && value !== null && Object.values(value).some(asksForNumber);
}

/** A value with the number of the call where its texts ask for it. */
function numbered(value: unknown, n: number): unknown {
  if (typeof value === 'string') return value.replaceAll(NUMBER, String(n));
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => numbered(item, n));
  return Object.fromEntries(Object.entries(value).map(([member, item]) => [member, numbered(item, n)]));
}

function fire(context: StimuliContext, payload: { readonly id: string; readonly n: number }): void {
  const stimulus = context.state.stimuli.find((candidate) => candidate.id === payload.id);
  if (!stimulus) return;
  const { service, operation: name, input: written } = stimulus.call;
  const input = asksForNumber(written) ? (numbered(written, payload.n) as object) : written;
  const seq = context.emit('stimuli.Fired', stimulusArn(stimulus.id), { number: payload.n, service, operation: name }, { cause: [] });
  const outcome = context.api(service, name, input, { principal: ADMIN, cause: [seq], replyTo: { kind: 'none' } });
  if (outcome.kind === 'error') context.emit('stimuli.Refused', stimulusArn(stimulus.id), { number: payload.n, error: outcome.error.name, message: outcome.error.message }, { cause: [seq] });
  const next = nextAt(context, stimulus, payload.n, context.now);
  if (next !== null) context.schedule(Math.max(0, next - context.now), 'fire', { id: stimulus.id, n: payload.n + 1 });
}

/** Registered by a simulation beside the services; AWS knows nothing of it. */
export const stimuliModel = defineModel<{ stimuli: readonly Stimulus[] }, object>({
  id: 'stimuli',
  initialState: () => ({ stimuli: [] }),
  tuning: { aws: {}, ideal: {} },
  operations: {
    Set: operation({
      input: z.object({ Stimuli: z.array(stimulusSchema) }),
      action: null,
      resource: () => '*',
      writes: true,
      errors: [],
      source: 'Coldstart',
      handle: (context: StimuliContext & { state: { stimuli: readonly Stimulus[] } }, input) => {
        context.state.stimuli = input.Stimuli.map(inOrder);
        for (const stimulus of context.state.stimuli) {
          const at = firstAt(context, stimulus);
          if (at !== null) context.schedule(Math.max(0, at - context.now), 'fire', { id: stimulus.id, n: 1 });
        }
        return {};
      },
    }),
  },
  notModelled: [],
  entries: { fire },
  provides: {},
  traceKinds: STIMULI_KINDS,
  resources: (context) => context.state.stimuli.map((stimulus) => stimulusArn(stimulus.id)),
  summarize: () => undefined,
});
