/** Handlers in the sandbox: a warm call through the whole Lambda model, a cold start, and a bare swap of memory images. */
import { createNodeHost } from '../runner/headless/host.ts';
import type { BurstInput, ProcessSpec, Runtime } from '../sim/ports/runtime.ts';
import { simTime } from '../sim/units.ts';
import type { World } from '../sim/world.ts';
import { bestMs, row } from './measure.ts';
import type { Row, Scale } from './measure.ts';
import { answer, createBenchWorld, TRUST_LAMBDA } from './world.ts';

const SOURCE = 'let n = 0; export const handler = async () => ++n;';
const ROLE = 'arn:aws:iam::000000000000:role/worker';

function invoke(world: World): void {
  world.request('lambda', 'Invoke', { FunctionName: 'work' }, { principal: { kind: 'admin' }, cause: [], replyTo: { kind: 'host', id: 1 } });
  while (world.hostReplies.length === 0) if (world.step().kind === 'reached') throw new Error('the invocation has no answer');
  const { outcome } = world.hostReplies.pop()!;
  if (outcome.kind === 'error' || 'FunctionError' in (outcome.output as object)) throw new Error(`the invocation failed: ${JSON.stringify(outcome)}`);
}

function functionWorld(): { readonly world: World; readonly runtime: Runtime } {
  const { models, blobs, runtime } = createNodeHost();
  const world = createBenchWorld(models, { runtime, blobs, iam: 'off' });
  answer(world, 'iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: TRUST_LAMBDA });
  answer(world, 'lambda', 'CreateFunction', { FunctionName: 'work', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: ROLE, Code: { files: { 'index.mjs': SOURCE } } });
  world.runTo(simTime(0));
  return { world, runtime };
}

const SPEC: ProcessSpec = { runtime: 'nodejs22.x', files: { '/var/task/index.mjs': SOURCE }, layerFiles: {}, programs: [], handler: 'index.handler', environment: {}, heapBytesMax: 64 * 1_048_576, tmpBytesMax: 512 * 1_048_576, seed: 'bench' };
const BURST: BurstInput = { clock: { epochUs: 1_767_225_600_000_000, share: 1, cpuBeforeUs: 0 }, budget: { fuelMax: 1_000_000_000 }, tmp: {}, syncChildren: [] };

export function handlerRows(scale: Scale): readonly Row[] {
  const calls = 50;
  const { world, runtime } = functionWorld();
  invoke(world);
  const warm = bestMs(scale, () => {
    for (let i = 0; i < calls; i++) invoke(world);
  });
  let memoryMb = 128;
  const colds = 20;
  const cold = bestMs(scale, () => {
    for (let i = 0; i < colds; i++) {
      // Changed settings end the environments: the next call starts cold.
      memoryMb = memoryMb === 128 ? 129 : 128;
      answer(world, 'lambda', 'UpdateFunctionConfiguration', { FunctionName: 'work', MemorySize: memoryMb });
      world.runTo(world.now);
      invoke(world);
    }
  });
  const start = bestMs(scale, () => {
    for (let i = 0; i < colds; i++) {
      const { image } = runtime.start(SPEC, BURST);
      if (image === null) throw new Error('the process did not start');
      runtime.release(image);
    }
  });
  return [
    row({ id: 'sandbox-warm', what: 'warm call through the whole Lambda model', unit: 'ms', figure: warm / calls, atMost: 0.3 }),
    row({ id: 'sandbox-cold', what: 'cold call: update, new environment, init, call', unit: 'ms', figure: cold / colds, atMost: 3 }),
    row({ id: 'sandbox-start', what: 'start of a process: template image and user module', unit: 'ms', figure: start / colds, atMost: 3 }),
  ];
}
