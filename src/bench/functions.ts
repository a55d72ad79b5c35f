/** Lambda under load: our whole model with synthetic functions, against what SimFaaS was measured to do, and against the same model as a tight loop. */
import { keepAliveLoop } from './reference/keep-alive-loop.ts';
import { studyLambda } from './lambda-model.ts';
import { bestRates, row } from './measure.ts';
import type { Row, Scale } from './measure.ts';
import { short } from './table.ts';

/** Requests a CPU-second of SimFaaS (Python) on two shared cores; a recorded figure, so it stands still when the machine is slow. */
const SIMFAAS_PER_SEC = 95_000;

export function functionRows(scale: Scale): readonly Row[] {
  const maxTimeSec = 50_000;
  let state = 1;
  const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 4_294_967_296;
  const loop = (): void => void keepAliveLoop({ arrivalsPerSec: 0.9, warmSec: 1.991, coldSec: 2.244, keepAliveSec: 600, maxTimeSec, random });
  const ours = (): void => void studyLambda({ arrivalsPerSec: 0.9, maxTimeSec, duration: { kind: 'exp', meanMs: 1_991 }, init: { kind: 'exp', meanMs: 253 }, keepAliveSec: 600, seed: 1 });
  const [tight, figure] = bestRates(scale, 0.9 * maxTimeSec, [loop, ours]);
  const referenceWhat = `SimFaaS as recorded; a tight loop of the same model now: ${short(tight!)}`;
  return [row({ id: 'lambda-simfaas', what: "Lambda, SimFaaS's example, synthetic function", unit: 'requests/s', figure: figure!, reference: SIMFAAS_PER_SEC, referenceWhat, atLeast: 5 })];
}
