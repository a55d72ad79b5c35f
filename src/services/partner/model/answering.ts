/** A request at a partner host: an answer of its script after its latency, a failure by chance or while it is down, or nothing at all. */
import { AwsError, errorToData } from '../../../sim/errors.ts';
import type { Deferred, HttpRequest, HttpResponse, Outcome, PortCall, ReplyTo } from '../../../sim/ports/ports.ts';
import { DEFERRED } from '../../../sim/ports/ports.ts';
import type { Seq } from '../../../sim/trace.ts';
import { msToUs } from '../../../sim/units.ts';
import { HEADERS_TIMEOUT_MS, PARTNER } from './limits.ts';
import { answerFor, isDown, responseOf } from './scripted.ts';
import type { Failure, ScriptedAnswer } from './settings.ts';
import { nameOf } from './state.ts';
import type { PartnerContext, PartnerHost } from './state.ts';

/** Spread of latencies: sigma of their logarithm. @simplified */
const LATENCY_SIGMA = 0.25;
/** @source errno of Linux, as Node.js shows it */
const CONNECTIONS: Readonly<Record<string, { readonly message: string; readonly data: Readonly<Record<string, unknown>> }>> = {
  'connection refused': { message: 'connect ECONNREFUSED', data: { errno: -111, code: 'ECONNREFUSED', syscall: 'connect' } },
  'connection reset': { message: 'read ECONNRESET', data: { errno: -104, code: 'ECONNRESET', syscall: 'read' } },
  'no answer': { message: 'Headers Timeout Error', data: { name: 'HeadersTimeoutError', code: 'UND_ERR_HEADERS_TIMEOUT' } },
};
const STATUSES: Readonly<Record<string, ScriptedAnswer>> = Object.fromEntries([503, 500, 429].map((Status) => [`HTTP ${Status}`, { Method: 'ANY', Path: '/*', Status, Headers: {}, Body: '', LatencyMs: null } satisfies ScriptedAnswer]));
const NOT_FOUND: ScriptedAnswer = { Method: 'ANY', Path: '/*', Status: 404, Headers: {}, Body: 'Not Found', LatencyMs: null };

/** Takes a request in: what becomes of it is decided at once, and told after its time. */
export function takeRequest(context: PartnerContext, arn: string, request: HttpRequest, call: PortCall): Outcome<HttpResponse> | Deferred {
  const host = context.state.hosts.get(nameOf(arn));
  // Nothing listens on other ports.
  if (host === undefined || (request.port !== 443 && request.port !== 80)) return failed('connection refused', call.cause, request);
  const { settings } = host;
  const path = `${request.path}${request.query}`;
  const seq = context.emit('partner.Requested', arn, { method: request.method, path, bytes: request.body.length }, { cause: call.cause, subjects: request.subjects });
  host.totals.requests++;
  host.newest = [{ seq, atUs: context.now, method: request.method, path, result: '', subject: request.subjects[0] ?? '' }, ...host.newest].slice(0, PARTNER.newestMax);
  const down = isDown(settings, context.now);
  const byChance = !down && settings.FailurePercent > 0 && context.random(`partner.${host.name}.failure`).int(100) < settings.FailurePercent;
  const answer = answerFor(settings, request);
  const failure = down || byChance ? settings.Failure : null;
  const scripted = failure === null ? (answer ?? NOT_FOUND) : STATUSES[failure];
  if (failure === null && answer === undefined) host.totals.unmatched++;
  const why = down ? 'it is down' : byChance ? 'by chance' : '';
  const payload: AnswerPayload = { arn, request, replyTo: call.replyTo, seq, scripted: scripted ?? null, matched: answer !== undefined, failure, why };
  const waitUs = waitOf(context, host, scripted ?? null, failure);
  if (waitUs === 0) return answered(context, payload);
  context.schedule(waitUs, 'answer', payload, { cause: [seq] });
  return DEFERRED;
}

function waitOf(context: PartnerContext, host: PartnerHost, scripted: ScriptedAnswer | null, failure: Failure | null): number {
  if (failure === 'no answer') return msToUs(HEADERS_TIMEOUT_MS);
  if (failure === 'connection refused' || !context.tuning.latencies) return 0;
  const medianMs = scripted?.LatencyMs ?? host.settings.LatencyMs;
  return medianMs === 0 ? 0 : msToUs(context.random(`partner.${host.name}.latency`).logNormal(medianMs, LATENCY_SIGMA));
}

interface AnswerPayload {
  readonly arn: string;
  readonly request: HttpRequest;
  readonly replyTo: ReplyTo;
  readonly seq: Seq;
  readonly scripted: ScriptedAnswer | null;
  readonly matched: boolean;
  readonly failure: Failure | null;
  readonly why: string;
}

/** Agenda: the time of a request at the host is over. */
export function onAnswer(context: PartnerContext, payload: AnswerPayload): void {
  context.reply(payload.replyTo, answered(context, payload));
}

function answered(context: PartnerContext, { arn, request, seq, scripted, matched, failure, why }: AnswerPayload): Outcome<HttpResponse> {
  const { method, path, subjects } = request;
  const o = { cause: [seq], subjects };
  if (failure !== null) {
    finish(context, arn, seq, failure, false);
    const cause = [context.emit('partner.Failed', arn, { method, path, how: failure, why }, o)];
    return scripted === null ? failed(failure, cause, request) : { kind: 'ok', output: responseOf(scripted, method), cause };
  }
  const answer = scripted!;
  finish(context, arn, seq, String(answer.Status), true);
  return { kind: 'ok', output: responseOf(answer, method), cause: [context.emit(matched ? 'partner.Answered' : 'partner.NothingScripted', arn, { method, path, status: answer.Status }, o)] };
}

function finish(context: PartnerContext, arn: string, seq: Seq, result: string, well: boolean): void {
  const host = context.state.hosts.get(nameOf(arn));
  if (host === undefined) return;
  if (well) host.totals.answered++;
  else host.totals.failed++;
  host.newest = host.newest.map((one) => (one.seq === seq ? { ...one, result } : one));
}

/** What Node's fetch has as the cause of its failure. */
function failed(how: string, cause: readonly Seq[], request: Pick<HttpRequest, 'hostname' | 'port'>): Outcome<HttpResponse> {
  const { message, data } = CONNECTIONS[how]!;
  const refused = how === 'connection refused';
  const error = new AwsError('RequestFailed', refused ? `${message} ${request.hostname}:${request.port}` : message, { status: 502, retryable: true, data: refused ? { ...data, address: request.hostname, port: request.port } : data });
  return { kind: 'error', error: errorToData(error), cause };
}
