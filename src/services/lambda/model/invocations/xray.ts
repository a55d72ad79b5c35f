/** X-Ray: which requests are sampled, and the two segments of a traced one. There is no X-Ray service here: a segment is a trace event. @source aws/lambda.md §13 */
import { parseArn } from '../../../../sim/principal.ts';
import type { Seq } from '../../../../sim/trace.ts';
import { US_PER_SEC } from '../../../../sim/units.ts';
import { rolePrincipal } from '../environments/log-lines.ts';
import { arnOfEnvironment } from '../state.ts';
import type { Environment, Invocation, LambdaContext, LambdaFunction, Result, Settings } from '../state.ts';

/** Of the requests after a second's first. @source aws/lambda.md §13 */
const SAMPLED_PART = 0.05;

/** The first request of each second is traced, and one of twenty of the rest; with PassThrough none. */
export function sampled(context: LambdaContext, fn: LambdaFunction, settings: Settings): boolean {
  if (settings.tracing !== 'Active') return false;
  const second = Math.floor(context.now / US_PER_SEC);
  if (fn.tracedSec !== second) {
    fn.tracedSec = second;
    return true;
  }
  return context.random(`lambda.sample.${fn.name}`).float() < SAMPLED_PART;
}

const MEMBERS = /^Root=([^;]+);Parent=([^;]+);Sampled=1/;

/** `<trace id>\tSegmentId: <id>\tSampled: true` for the REPORT line; undefined when the request is not traced. */
export function xrayText(settings: Settings, header: string): string | undefined {
  const match = settings.tracing === 'Active' ? MEMBERS.exec(header) : null;
  return match === null ? undefined : `${match[1]!}\tSegmentId: ${match[2]!}\tSampled: true`;
}

const seconds = (context: LambdaContext, us: number): number => (context.epochUs - context.now + us) / US_PER_SEC;

/** Hands both segments to X-Ray with the role's rights: what Lambda did for the request (with the init it paid for), and what the function did. */
export function recordSegments(context: LambdaContext, environment: Environment, o: { readonly settings: Settings; readonly invocation: Invocation; readonly result: Result; readonly initUs: number; readonly cause: Seq }): void {
  const { settings, invocation, result, initUs } = o;
  const match = settings.tracing === 'Active' ? MEMBERS.exec(invocation.traceHeader) : null;
  if (match === null) return;
  const arn = arnOfEnvironment(context, environment);
  if (!context.authorize(rolePrincipal(environment.fn, settings), 'xray:PutTraceSegments', '*').allowed) {
    context.emit('lambda.TraceLost', arn, { requestId: invocation.requestId, action: 'xray:PutTraceSegments' }, { cause: [o.cause], subjects: [invocation.requestId] });
    return;
  }
  const [, traceId, parent] = match;
  const ids = context.uuid('lambda.segment').replaceAll('-', '');
  const failed = result.status !== 'success';
  const common = { trace_id: traceId!, name: environment.fn, resource_arn: arn, end_time: seconds(context, context.now), ...(failed ? { fault: true } : {}) };
  const init = initUs < 0 ? [] : [{ id: ids.slice(16), name: 'Init', start_time: seconds(context, environment.initStartUs), end_time: seconds(context, environment.initStartUs + initUs) }];
  const service = {
    ...common,
    id: parent!,
    origin: 'AWS::Lambda',
    start_time: seconds(context, invocation.askedUs),
    http: { response: { status: 200 } },
    aws: { request_id: invocation.requestId, account_id: parseArn(arn).account },
    ...(init.length === 0 ? {} : { subsegments: init }),
  };
  const own = {
    ...common,
    id: ids.slice(0, 16),
    parent_id: parent!,
    origin: 'AWS::Lambda::Function',
    start_time: seconds(context, invocation.startUs),
    annotations: { 'aws.responseLatency': (context.now - invocation.startUs) / 1000, 'aws.responseDuration': 0, 'aws.runtimeOverhead': 0, 'aws.extensionOverhead': 0 },
  };
  context.emit('lambda.TraceRecorded', arn, { requestId: invocation.requestId, traceId: traceId!, segments: JSON.stringify([service, own]) }, { cause: [o.cause], subjects: [invocation.requestId] });
}
