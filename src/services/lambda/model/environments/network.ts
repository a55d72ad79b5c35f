/** The way from a function to AWS: free in public mode; in a VPC only through a NAT gateway or an endpoint. @source aws/lambda.md §15 */
import type { Seq } from '../../../../sim/trace.ts';
import { arnOfEnvironment } from '../state.ts';
import type { Environment, LambdaContext, Settings } from '../state.ts';

/** A public subnet is no way out: a function gets no public address there. */
export function reaches(settings: Settings, service: string): boolean {
  return settings.subnetIds.length === 0 || settings.routes.nat || settings.routes.endpoints.includes(service);
}

/** A request with no way out is never answered: the caller waits until its timeout. @source aws/lambda.md §15 (symptom with no route) */
export function loseRequest(context: LambdaContext, environment: Environment, to: string): Seq {
  const { invocation } = environment;
  return context.emit('lambda.RequestLost', arnOfEnvironment(context, environment), { environment: environment.id, to, requestId: invocation?.requestId ?? '' }, { cause: [environment.lastSeq], subjects: invocation === null ? [] : [invocation.requestId, ...invocation.subjects] });
}
