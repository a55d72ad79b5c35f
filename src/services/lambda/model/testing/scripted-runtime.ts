/** A runtime for tests of the model: handlers as lists of steps instead of code, with exact CPU time. Images are immutable, as the port demands. */
import { FUEL_PER_VCPU_MS } from '../../../../sim/cpu.ts';
import type { BurstEnd, BurstInput, BurstResult, ChildResult, Effect, ProcessSpec, Runtime, Stimulus, TmpFiles, Wake } from '../../../../sim/ports/runtime.ts';

export type Globals = Record<string, number>;
type Then = (answer: unknown, globals: Globals) => readonly Step[];
export type Step =
  | { readonly cpuMs: number }
  | { readonly log: string }
  | { readonly sleepMs: number }
  /** A timer that nobody waits for. */
  | { readonly laterMs: number; readonly then: Then }
  | { readonly call: readonly [service: string, operation: string, input: object]; readonly then?: Then }
  | { readonly run: readonly string[]; readonly sync?: boolean; readonly then?: Then }
  | { readonly heapMb: number }
  | { readonly result: unknown }
  | { readonly fail: readonly [type: string, message: string] }
  | { readonly exit: number }
  | { readonly crash: readonly [type: string, message: string] }
  | { readonly outOfMemory: true }
  | { readonly spin: true };

export interface Script {
  readonly init?: readonly Step[];
  readonly handle: (event: unknown, globals: Globals, at: { readonly epochMs: number; readonly tmp: TmpFiles; readonly clientContext: string | undefined }) => readonly Step[];
}

interface Image {
  readonly script: Script;
  readonly globals: Globals;
  /** What goes on when the answer of that id is there. */
  readonly waiting: ReadonlyMap<number, (answer: unknown, globals: Globals) => readonly Step[]>;
  readonly nextId: number;
  readonly heapPeakMb: number;
}

/** The text of the handler's file names the script. */
export function scriptedRuntime(scripts: Readonly<Record<string, Script>>): Runtime & { readonly images: ReadonlyMap<string, object>; readonly specs: readonly ProcessSpec[] } {
  const images = new Map<string, Image>();
  const specs: ProcessSpec[] = [];
  let next = 1;

  const burst = (from: Image, steps: readonly Step[], input: BurstInput, o: { readonly starting: boolean }): BurstResult => {
    const globals = { ...from.globals };
    const waiting = new Map(from.waiting);
    const effects: Effect[] = [];
    const tmp = input.tmp;
    let { nextId, heapPeakMb } = from;
    let fuel = 0;
    let end: BurstEnd | null = null;
    let syncDone = 0;
    const todo = [...steps];
    const wait = (rest: readonly Step[], then?: Then): number => {
      const id = nextId++;
      waiting.set(id, (answer, now) => [...(then?.(answer, now) ?? []), ...rest]);
      return id;
    };
    while (end === null) {
      const step = todo.shift();
      if (step === undefined) break;
      fuel += 10;
      if ('cpuMs' in step) fuel += step.cpuMs * FUEL_PER_VCPU_MS;
      if ('spin' in step || fuel > input.budget.fuelMax) end = { kind: 'fuel' };
      else if ('log' in step) effects.push({ kind: 'log', fuel, stream: 'stdout', level: 'info', text: step.log });
      else if ('sleepMs' in step) effects.push({ kind: 'timer', fuel, id: wait(todo.splice(0)), delayUs: step.sleepMs * 1000 });
      else if ('laterMs' in step) effects.push({ kind: 'timer', fuel, id: wait([], step.then), delayUs: step.laterMs * 1000 });
      else if ('call' in step) effects.push({ kind: 'call', fuel, id: wait(todo.splice(0), step.then), service: step.call[0], operation: step.call[1], input: JSON.stringify(step.call[2]) });
      else if ('run' in step) {
        const command = { file: '/opt/bin/ffmpeg', args: step.run, cwd: '/tmp', tmp, sync: step.sync === true };
        if (!command.sync) effects.push({ kind: 'child', fuel, id: wait(todo.splice(0), step.then), command });
        else if (syncDone < input.syncChildren.length) todo.unshift(...(step.then?.(input.syncChildren[syncDone++] as ChildResult, globals) ?? []));
        else end = { kind: 'sync-child', command, atFuel: fuel };
      } else if ('heapMb' in step) heapPeakMb = Math.max(heapPeakMb, step.heapMb);
      else if ('result' in step) effects.push({ kind: 'result', fuel, ok: true, value: JSON.stringify(step.result) ?? 'null' });
      else if ('fail' in step) effects.push({ kind: 'result', fuel, ok: false, error: errorOf(step.fail) });
      else if ('exit' in step) end = { kind: 'exit', code: step.exit };
      else if ('crash' in step) end = o.starting ? { kind: 'init-error', error: errorOf(step.crash) } : { kind: 'crash', reason: 'uncaught-exception', error: errorOf(step.crash) };
      else if ('outOfMemory' in step) end = { kind: 'memory' };
    }
    if (end?.kind === 'fuel') fuel = input.budget.fuelMax;
    end ??= { kind: 'waiting', pending: waiting.size };
    const alive = end.kind === 'waiting';
    const image = alive ? `image-${next++}` : null;
    if (image !== null) images.set(image, { script: from.script, globals, waiting, nextId, heapPeakMb });
    return { image, fuel, effects, end, ready: alive && (!o.starting || waiting.size === 0), tmp, heapBytes: heapPeakMb * 1_048_576, heapBytesPeak: heapPeakMb * 1_048_576 };
  };

  return {
    images,
    specs,
    start(spec, input) {
      specs.push(spec);
      const name = spec.files[`${spec.handler.split('.')[0]}.mjs`] ?? '';
      const script = scripts[name];
      const fresh: Image = { script: script ?? { handle: () => [] }, globals: {}, waiting: new Map(), nextId: 1, heapPeakMb: 0 };
      if (script === undefined) return burst(fresh, [{ crash: ['Runtime.ImportModuleError', `Error: Cannot find module '${name}'`] }], input, { starting: true });
      return burst(fresh, script.init ?? [], input, { starting: true });
    },
    resume(id, stimulus: Stimulus, input) {
      const image = images.get(id);
      if (image === undefined) throw new Error(`no image ${id}`);
      if (stimulus.kind === 'invoke') {
        const globals = { ...image.globals };
        const steps = image.script.handle(JSON.parse(stimulus.event), globals, { epochMs: Math.floor(input.clock.epochUs / 1000), tmp: input.tmp, clientContext: stimulus.context.clientContext });
        return burst({ ...image, globals }, steps, input, { starting: false });
      }
      const waiting = new Map(image.waiting);
      const globals = { ...image.globals };
      const steps = stimulus.wakes.flatMap((wake) => {
        const go = waiting.get(wake.id);
        waiting.delete(wake.id);
        return go?.(answerOf(wake), globals) ?? [];
      });
      return burst({ ...image, globals, waiting }, steps, input, { starting: false });
    },
    release(id) {
      images.delete(id);
    },
  };
}

function answerOf(wake: Wake): unknown {
  if (wake.kind === 'timer') return undefined;
  if (wake.kind === 'child') return wake.result;
  return wake.ok ? JSON.parse(wake.output) : wake.error;
}

function errorOf([errorType, errorMessage]: readonly [string, string]): { errorType: string; errorMessage: string; trace: string[] } {
  return { errorType, errorMessage, trace: [`${errorType}: ${errorMessage}`, '    at handler (/var/task/index.mjs:2:9)'] };
}
