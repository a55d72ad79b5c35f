/** Lambda under load: our whole model with synthetic functions against the same model as a tight loop. */
import { keepAliveLoop } from './reference/keep-alive-loop.ts';
import { studyLambda } from './lambda-model.ts';
import { bestRates, row } from './measure.ts';
import type { Row, Scale } from './measure.ts';

/** On one and the same machine SimFaaS does 95 k requests a CPU-second and this loop 3.4 M: five times SimFaaS is 0.14 of the loop. */
const FIVE_TIMES_SIMFAAS = 0.14;

export function functionRows(scale: Scale): readonly Row[] {
  const maxTimeSec = 200_000 * scale.factor;
  let state = 1;
  const random = (): number => ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 0) / 4_294_967_296;
  const loop = (): void => void keepAliveLoop({ arrivalsPerSec: 0.9, warmSec: 1.991, coldSec: 2.244, keepAliveSec: 600, maxTimeSec, random });
  const ours = (): void => void studyLambda({ arrivalsPerSec: 0.9, maxTimeSec, duration: { kind: 'exp', meanMs: 1_991 }, init: { kind: 'exp', meanMs: 253 }, keepAliveSec: 600, seed: 1 });
  const [reference, figure] = bestRates(scale.passes, 0.9 * maxTimeSec, [loop, ours]);
  return [row({ id: 'lambda-simfaas', what: "Lambda, SimFaaS's example, synthetic function", unit: 'requests/s', figure: figure!, reference: reference!, referenceWhat: 'tight loop of the same model', atLeast: FIVE_TIMES_SIMFAAS })];
}
