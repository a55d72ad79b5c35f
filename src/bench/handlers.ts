/** Handlers in the sandbox: a warm call through the whole Lambda model, a cold start, and a bare swap of memory images. */
import { createNodeHost } from '../runner/headless/host.ts';
import type { BurstInput, ImageId, ProcessSpec, Runtime } from '../sim/ports/runtime.ts';
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

const ENVIRONMENTS = 1_000;
const MB = 1_048_576;
const CONTEXT = { awsRequestId: '00000000-0000-4000-8000-000000000000', functionName: 'work', functionVersion: '$LATEST', invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:work', memoryLimitInMB: '128', logGroupName: '/aws/lambda/work', logStreamName: 'work', deadlineEpochUs: 1_767_225_603_000_000 };

function started(runtime: Runtime, seed: string): ImageId {
  const { image } = runtime.start({ ...SPEC, seed }, BURST);
  if (image === null) throw new Error('the process did not start');
  return image;
}
/** One burst of an event; answers the image after it. */
function handled(runtime: Runtime, image: ImageId, event: string): ImageId {
  const burst = runtime.resume(image, { kind: 'invoke', event, context: CONTEXT }, BURST);
  if (burst.image === null) throw new Error(`the process ended: ${burst.end.kind}`);
  runtime.release(image);
  return burst.image;
}

/** Many environments alive: their memory, a burst of each in turn (a warm call and a swap may take that long), and an event of 256 KB. */
function aliveRows(runtime: Runtime, scale: Scale): readonly Row[] {
  const bytes = (): number => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const before = bytes();
  const images = Array.from({ length: ENVIRONMENTS }, (_, i) => handled(runtime, started(runtime, `bench ${i}`), '{}'));
  const memory = bytes() - before;
  let turn = 0;
  const bursts = 100;
  const swapped = bestMs(scale, () => {
    for (let i = 0; i < bursts; i++) {
      turn = (turn + 1) % ENVIRONMENTS;
      images[turn] = handled(runtime, images[turn]!, '{}');
    }
  });
  let one = images[0]!;
  const stayed = bestMs(scale, () => {
    for (let i = 0; i < bursts; i++) one = handled(runtime, one, '{}');
  });
  const payload = JSON.stringify({ rows: Array.from({ length: 4_096 }, (_, id) => ({ id, text: 'x'.repeat(38) })) });
  const large = bestMs(scale, () => {
    one = handled(runtime, one, payload);
  });
  for (const image of [...images.slice(1), one]) runtime.release(image);
  return [
    row({ id: 'environments-memory', what: `memory of ${ENVIRONMENTS} environments that have run`, unit: 'MB', figure: memory / MB, atMost: 512 }),
    row({ id: 'environments-turn', what: `a burst of each of ${ENVIRONMENTS} environments in turn`, unit: 'ms', figure: swapped / bursts, atMost: 0.44 }),
    row({ id: 'swap', what: 'of it the swap of memory images', unit: 'ms', figure: Math.max(0, swapped - stayed) / bursts, atMost: 0.14 }),
    row({ id: 'payload-256k', what: `a burst with an event of ${Math.round(payload.length / 1024)} KB`, unit: 'ms', figure: large, atMost: 20 }),
  ];
}

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
      answer(world, 'lambda', 'UpdateFunctionConfiguration', { FunctionName: 'work', MemorySize: memoryMb, WaitForActive: true });
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
    ...aliveRows(runtime, scale),
  ];
}
