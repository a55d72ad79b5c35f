/** fetch() of handler code: to the hosts that others of this cloud answer for, with the failures that Node's fetch has where nobody does. */
import { AwsError, errorToData, NotModelled } from '../../../../sim/errors.ts';
import type { AwsErrorData } from '../../../../sim/errors.ts';
import type { HttpRequest, HttpResponse, Outcome } from '../../../../sim/ports/ports.ts';
import type { Effect, Wake } from '../../../../sim/ports/runtime.ts';
import type { Seq } from '../../../../sim/trace.ts';
import { msToUs } from '../../../../sim/units.ts';
import { rolePrincipal } from './log-lines.ts';
import { loseRequest, reaches, wayUs } from './network.ts';
import { wake } from './process.ts';
import { arnOfEnvironment } from '../state.ts';
import type { Environment, LambdaContext, Process, Settings } from '../state.ts';

/** How long fetch waits for a connection. @source Node.js 22, undici 6: Client, connect timeout 10 s */
const CONNECT_TIMEOUT_MS = 10_000;
/** Endpoints of AWS itself, function URLs and API Gateway among them. */
const AWS_HOST = /\.(amazonaws\.com|on\.aws|api\.aws|amazonaws\.com\.cn)$/;
const URL_PARTS = /^(https?):\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d+))?([^?#]*)([^#]*)/;
const ADDRESS = /^(\d+\.\d+\.\d+\.\d+|\[.*\])$/;
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/;

interface FetchPayload {
  readonly key: number;
  readonly token: number;
  readonly id: number;
  readonly url: string;
  readonly request: HttpRequest;
  readonly settings: Pick<Settings, 'roleArn'>;
  readonly fn: string;
}
type Answer = Pick<FetchPayload, 'key' | 'token' | 'id' | 'url'> & { readonly outcome: Outcome<HttpResponse> };

function requestOf(environment: Environment, text: string): { readonly url: string; readonly request: HttpRequest } {
  const { url = '', method = 'GET', headers = {}, body = '' } = JSON.parse(text) as { url?: string; method?: string; headers?: Record<string, string>; body?: string };
  const [, scheme = 'https', hostname = '', port, path = '', query = ''] = URL_PARTS.exec(url) ?? [];
  const { invocation } = environment;
  const subjects = invocation === null ? [] : [invocation.requestId, ...invocation.subjects];
  return { url, request: { method, scheme: scheme as 'http' | 'https', hostname: hostname.toLowerCase(), port: port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port), path: path === '' ? '/' : path, query, headers, body, subjects } };
}

export function sendFetch(context: LambdaContext, environment: Environment, process: Process, effect: Extract<Effect, { kind: 'fetch' }>, settings: Settings): void {
  const { url, request } = requestOf(environment, effect.request);
  const host = context.http(request.hostname);
  const arn = arnOfEnvironment(context, environment);
  const waitUs = wayUs(context, context.tuning.sdkRequestMs, effect.request);
  const travels = host !== undefined && reaches(settings, 'internet');
  const seq = context.emit(
    'lambda.FetchSent',
    arn,
    { environment: environment.id, method: request.method, url, requestId: environment.invocation?.requestId ?? '' },
    { cause: [environment.lastSeq], subjects: request.subjects, ...(travels ? { travel: { from: arn, to: host.arn, shape: 'invocation' as const, durationUs: waitUs, attempt: 1 } } : {}) },
  );
  process.calls.push({ id: effect.id, seq });
  const payload: FetchPayload = { key: environment.key, token: environment.token, id: effect.id, url, request, settings: { roleArn: settings.roleArn }, fn: environment.fn };
  if (travels) {
    context.schedule(waitUs, 'fetch', payload, { cause: [seq] });
    return;
  }
  const { error, afterMs } = refusal(context, request, host !== undefined);
  const cause = afterMs === CONNECT_TIMEOUT_MS ? [loseRequest(context, environment, request.hostname, [seq])] : [seq];
  context.schedule(msToUs(afterMs), 'fetch-back', { ...payload, outcome: { kind: 'error', error, cause } }, { cause });
}

/** Why a request never gets anywhere, as Node's fetch tells it, and after how long. */
function refusal(context: LambdaContext, request: HttpRequest, known: boolean): { readonly error: AwsErrorData; readonly afterMs: number } {
  const { hostname, port } = request;
  const soonMs = context.tuning.sdkResponseMs;
  if (AWS_HOST.test(hostname)) return { error: errorToData(new NotModelled('fetch', `of ${hostname}`, 'API Gateway, function URLs and signed requests have no endpoint here: use the SDK, or a partner host.')), afterMs: soonMs };
  const fails = (message: string, data: Readonly<Record<string, unknown>>): AwsErrorData => errorToData(new AwsError('RequestFailed', message, { status: 502, data }));
  if (LOCAL.test(hostname)) return { error: fails(`connect ECONNREFUSED 127.0.0.1:${port}`, { errno: -111, code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port }), afterMs: soonMs };
  if (known || ADDRESS.test(hostname)) return { error: fails(`Connect Timeout Error (attempted address: ${hostname}:${port}, timeout: ${CONNECT_TIMEOUT_MS}ms)`, { name: 'ConnectTimeoutError', code: 'UND_ERR_CONNECT_TIMEOUT' }), afterMs: CONNECT_TIMEOUT_MS };
  return { error: fails(`getaddrinfo ENOTFOUND ${hostname}`, { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname }), afterMs: soonMs };
}

/** Agenda: a request reaches its host, even if its sender has died meanwhile. */
export function onFetch(context: LambdaContext, payload: FetchPayload): void {
  const { key, token, id, url, request, fn } = payload;
  const host = context.http(request.hostname);
  const principal = rolePrincipal(fn, payload.settings as Settings);
  const back = { key, token, id, url };
  const outcome = host?.request(request, { principal, cause: context.cause, replyTo: { kind: 'entry', service: 'lambda', entry: 'fetch-answer', payload: back } });
  if (outcome === undefined) {
    const { error } = refusal(context, request, false);
    onFetchAnswer(context, { ...back, outcome: { kind: 'error', error, cause: context.cause } });
  } else if (outcome.kind !== 'deferred') onFetchAnswer(context, { ...back, outcome });
}

/** Agenda: the host has answered; the answer travels back. */
export function onFetchAnswer(context: LambdaContext, payload: Answer): void {
  const { outcome } = payload;
  const waitUs = wayUs(context, context.tuning.sdkResponseMs, outcome.kind === 'ok' ? outcome.output.body : '');
  context.schedule(waitUs, 'fetch-back', payload, { cause: [...new Set([...context.cause, ...outcome.cause])] });
}

/** Agenda: the answer, or the failure, is in the environment. */
export function onFetchBack(context: LambdaContext, payload: Answer): void {
  const environment = context.state.environments.get(payload.key);
  const process = environment?.process;
  if (!environment || !process || environment.token !== payload.token) return;
  const at = process.calls.findIndex((call) => call.id === payload.id);
  const [sent] = at < 0 ? [] : process.calls.splice(at, 1);
  const { invocation } = environment;
  const { outcome, url } = payload;
  const cause: Seq[] = [...(sent === undefined ? [] : [sent.seq]), ...context.cause.filter((seq) => seq !== sent?.seq)];
  const o = { cause, subjects: invocation === null ? [] : [invocation.requestId, ...invocation.subjects] };
  const arn = arnOfEnvironment(context, environment);
  if (outcome.kind === 'ok') {
    environment.lastSeq = context.emit('lambda.FetchAnswered', arn, { environment: environment.id, url, status: outcome.output.status, bytes: outcome.output.body.length }, o);
  } else {
    const code = outcome.error.data?.['code'];
    environment.lastSeq = context.emit('lambda.FetchFailed', arn, { environment: environment.id, url, code: typeof code === 'string' ? code : outcome.error.name, message: outcome.error.message }, o);
  }
  wake(context, environment, wakeOf(payload.id, outcome));
}

function wakeOf(id: number, outcome: Outcome<HttpResponse>): Wake {
  if (outcome.kind === 'ok') return { kind: 'reply', id, ok: true, output: JSON.stringify(outcome.output) };
  const { name, message, fault, status, data } = outcome.error;
  return { kind: 'reply', id, ok: false, error: { name, message, fault, httpStatusCode: status, requestId: '', ...(data === undefined ? {} : { data: JSON.stringify(data) }) } };
}
