/** The way from a function to AWS: free in public mode; in a VPC only through a NAT gateway or an endpoint. @source aws/lambda.md §15 */
import type { Seq } from '../../../../sim/trace.ts';
import { msToUs } from '../../../../sim/units.ts';
import { arnOfEnvironment } from '../state.ts';
import type { Environment, LambdaContext, Settings } from '../state.ts';

/** A public subnet is no way out: a function gets no public address there. */
export function reaches(settings: Settings, service: string): boolean {
  return settings.subnetIds.length === 0 || settings.routes.nat || settings.routes.endpoints.includes(service);
}

/** A request with no way out is never answered: the caller waits until its timeout. @source aws/lambda.md §15 (symptom with no route) */
export function loseRequest(context: LambdaContext, environment: Environment, to: string, cause: readonly Seq[] = [environment.lastSeq]): Seq {
  const { invocation } = environment;
  return context.emit('lambda.RequestLost', arnOfEnvironment(context, environment), { environment: environment.id, to, requestId: invocation?.requestId ?? '' }, { cause, subjects: invocation === null ? [] : [invocation.requestId, ...invocation.subjects] });
}

/** Bytes of blobs that go over the network with a JSON text. */
function blobBytes(text: string): number {
  let bytes = 0;
  for (const match of text.matchAll(/"\$blob":\{[^}]*"size":(\d+)/g)) bytes += Number(match[1]);
  return bytes;
}

/** One way between an environment and AWS. @simplified a fixed latency and 625 Mbit/s */
export function wayUs(context: LambdaContext, fixedMs: number, text: string): number {
  const { networkBytesPerUs } = context.tuning;
  return msToUs(fixedMs) + (networkBytesPerUs === 0 ? 0 : Math.floor((text.length + blobBytes(text)) / networkBytesPerUs));
}
