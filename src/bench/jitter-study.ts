/** A client that backs off with full jitter, as handler code in the sandbox: its waits are timers on virtual time, its luck is the environment's Math.random. */
import { createNodeHost } from '../runner/headless/host.ts';
import { simTime } from '../sim/units.ts';
import { answer, createBenchWorld, TRUST_LAMBDA } from './world.ts';

/** All tasks of an invocation back off side by side; the answer is the sum of their delays, ms by the handler's clock. */
const SOURCE = `
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function backOff({ baseMs, capMs, retries }) {
  const start = Date.now();
  for (let k = 0; k < retries; k++) await wait(Math.random() * Math.min(capMs, baseMs * 2 ** k));
  return Date.now() - start;
}
export const handler = async (event) => (await Promise.all(Array.from({ length: event.tasks }, () => backOff(event)))).reduce((sum, ms) => sum + ms, 0);
`;
const TASKS = 100;

/** Mean time until a task has given up, s. */
export function studyJitter(o: { readonly baseSec: number; readonly capSec: number; readonly retries: number; readonly tasks: number; readonly seed: number }): { readonly delay: number } {
  const { models, blobs, runtime } = createNodeHost();
  const world = createBenchWorld(models, { runtime, blobs, seed: o.seed });
  answer(world, 'iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: TRUST_LAMBDA });
  answer(world, 'lambda', 'CreateFunction', { FunctionName: 'retry', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/worker', Timeout: 900, MemorySize: 1769, Code: { files: { 'index.mjs': SOURCE } } });
  world.runTo(simTime(0));
  const Payload = JSON.stringify({ baseMs: o.baseSec * 1000, capMs: o.capSec * 1000, retries: o.retries, tasks: TASKS });
  const rounds = Math.ceil(o.tasks / TASKS);
  let sumMs = 0;
  for (let round = 0; round < rounds; round++) {
    world.request('lambda', 'Invoke', { FunctionName: 'retry', Payload }, { principal: { kind: 'admin' }, cause: [], replyTo: { kind: 'host', id: round } });
    while (world.hostReplies.length === 0) world.step();
    const { outcome } = world.hostReplies.pop()!;
    if (outcome.kind !== 'ok') throw new Error(`the invocation failed: ${JSON.stringify(outcome)}`);
    sumMs += Number(atob((outcome.output as { readonly Payload: { readonly $bytes: string } }).Payload.$bytes));
  }
  return { delay: sumMs / (rounds * TASKS) / 1000 };
}
