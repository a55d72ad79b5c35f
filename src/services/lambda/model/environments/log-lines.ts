/** The platform's log lines, byte for byte, in both formats; and the way of every line into CloudWatch Logs. @source aws/lambda.md §4 */
import { isoMs } from '../../../../base/time-text.ts';
import { utf8ByteLength } from '../../../../base/utf8.ts';
import type { Principal } from '../../../../sim/principal.ts';
import type { Seq } from '../../../../sim/trace.ts';
import { LAMBDA } from '../limits.ts';
import { runtimeVersionArn } from '../functions/settings.ts';
import type { Environment, LambdaContext, Settings } from '../state.ts';

/** Microseconds as AWS prints a duration: `128.83 ms`. */
export function msText(us: number): string {
  const hundredths = Math.round(us / 10);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')} ms`;
}
const msNumber = (us: number): number => Math.round(us / 10) / 100;

/** What is billed: duration and init together, rounded up to whole milliseconds, one at least. @source aws/lambda.md §4, §14 (since 2025-08-01) */
export function billedMs(durationUs: number, initUs: number): number {
  return Math.max(1, Math.ceil((Math.round(durationUs / 10) + Math.max(0, Math.round(initUs / 10))) / 100));
}

export interface Report {
  readonly requestId: string;
  readonly durationUs: number;
  readonly billedMs: number;
  readonly memoryMb: number;
  readonly maxMemoryMb: number;
  /** -1 = none. */
  readonly initUs: number;
  readonly status: 'success' | 'error' | 'timeout';
  /** Set when the process died: then the line says so. */
  readonly errorType: string;
  readonly xray?: string;
}

function reportText(report: Report): string {
  const init = report.initUs >= 0 ? `Init Duration: ${msText(report.initUs)}\t` : '';
  const status = report.status === 'timeout' ? 'Status: timeout\t' : report.status === 'error' && report.errorType !== '' ? `Status: error\tError Type: ${report.errorType}\t` : '';
  const xray = report.xray === undefined ? '' : `XRAY TraceId: ${report.xray}\t`;
  return `REPORT RequestId: ${report.requestId}\tDuration: ${msText(report.durationUs)}\tBilled Duration: ${report.billedMs} ms\tMemory Size: ${report.memoryMb} MB\tMax Memory Used: ${report.maxMemoryMb} MB\t${init}${status}${xray}\n`;
}

function reportRecord(report: Report): object {
  return {
    requestId: report.requestId,
    status: report.status,
    ...(report.errorType === '' ? {} : { errorType: report.errorType }),
    metrics: {
      durationMs: msNumber(report.durationUs),
      billedDurationMs: report.billedMs,
      memorySizeMB: report.memoryMb,
      maxMemoryUsedMB: report.maxMemoryMb,
      ...(report.initUs >= 0 ? { initDurationMs: msNumber(report.initUs) } : {}),
    },
  };
}

export type PlatformLine =
  | { readonly kind: 'init-start'; readonly provisioned: boolean }
  | { readonly kind: 'start'; readonly requestId: string; readonly version: string }
  | { readonly kind: 'init-done'; readonly provisioned: boolean; readonly status: 'success' | 'error' | 'timeout'; readonly errorType: string }
  | { readonly kind: 'end'; readonly requestId: string; readonly status: 'success' | 'error' | 'timeout'; readonly errorType: string; readonly durationUs: number }
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'init-report'; readonly us: number; readonly phase: 'init' | 'invoke'; readonly status: 'success' | 'error' | 'timeout'; readonly errorType: string; readonly provisioned: boolean };

const runtimeName = (runtime: string): string => runtime.replace(/^nodejs(\d+)\.x$/, 'nodejs:$1');

/** The line as text; with LogFormat JSON as a platform event, or undefined when the system log level leaves it out. */
export function platformLine(context: LambdaContext, settings: Settings, line: PlatformLine): string | undefined {
  if (settings.logFormat === 'JSON') return platformEvent(context, settings, line);
  switch (line.kind) {
    case 'init-start':
      return `INIT_START Runtime Version: ${runtimeName(settings.runtime)}.v1\tRuntime Version ARN: ${runtimeVersionArn(context, settings.runtime)}\n`;
    case 'start':
      return `START RequestId: ${line.requestId} Version: ${line.version}\n`;
    case 'init-done':
      return undefined;
    case 'end':
      return `END RequestId: ${line.requestId}\n`;
    case 'report':
      return reportText(line.report);
    case 'init-report':
      if (line.status === 'success' && !line.provisioned) return undefined;
      return `INIT_REPORT Init Duration: ${msText(line.us)}\tPhase: ${line.phase}\tStatus: ${line.status}${line.errorType === '' ? '' : `\tError Type: ${line.errorType}`}\n`;
  }
}

const SYSTEM_LEVELS = ['DEBUG', 'INFO', 'WARN'];

/** Level of a platform event: failures are WARN, what only repeats itself is DEBUG. @source aws/lambda.md §4 (log-level, 2026) */
function systemLevel(line: PlatformLine): string {
  const status = line.kind === 'report' ? line.report.status : 'status' in line ? line.status : 'success';
  if (status !== 'success') return 'WARN';
  return line.kind === 'init-done' || line.kind === 'end' || (line.kind === 'init-report' && !line.provisioned) ? 'DEBUG' : 'INFO';
}

/** @source aws/lambda.md §4, JSON format (telemetry schema 2022-12-13) */
function platformEvent(context: LambdaContext, settings: Settings, line: PlatformLine): string | undefined {
  if (SYSTEM_LEVELS.indexOf(systemLevel(line)) < SYSTEM_LEVELS.indexOf(settings.systemLogLevel ?? 'INFO')) return undefined;
  const wrap = (type: string, record: object): string => `${JSON.stringify({ time: isoMs(context.epochMs), type: `platform.${type}`, record })}\n`;
  const initializationType = 'provisioned' in line && line.provisioned ? 'provisioned-concurrency' : 'on-demand';
  const error = 'errorType' in line && line.errorType !== '' ? { errorType: line.errorType } : {};
  switch (line.kind) {
    case 'init-start':
      return wrap('initStart', { initializationType, phase: 'init', runtimeVersion: `${runtimeName(settings.runtime)}.v1`, runtimeVersionArn: runtimeVersionArn(context, settings.runtime) });
    case 'init-done':
      return wrap('initRuntimeDone', { initializationType, phase: 'init', status: line.status, ...error });
    case 'start':
      return wrap('start', { requestId: line.requestId, version: line.version });
    case 'end':
      return wrap('runtimeDone', { requestId: line.requestId, status: line.status, ...error, metrics: { durationMs: msNumber(line.durationUs) } });
    case 'report':
      return wrap('report', reportRecord(line.report));
    case 'init-report':
      return wrap('initReport', { initializationType, phase: line.phase, status: line.status, metrics: { durationMs: msNumber(line.us) }, ...error });
  }
}

export function rolePrincipal(fn: string, settings: Settings): Principal {
  return { kind: 'role', arn: settings.roleArn, sessionName: fn };
}

/** Writes lines of an environment to its stream as the execution role; without the rights they are lost, which only the trace says. */
export function writeLines(context: LambdaContext, environment: Environment, settings: Settings, lines: readonly (string | undefined)[], cause: readonly Seq[] = context.cause): void {
  const kept = lines.filter((line): line is string => line !== undefined);
  if (kept.length === 0) return;
  const { invocation } = environment;
  if (invocation !== null && invocation.sink.kind === 'api' && invocation.sink.tail) invocation.tail = lastBytes(invocation.tail + kept.join(''));
  context.logSink()?.put(
    { group: settings.logGroup, stream: environment.logStream, lines: kept.map((message) => ({ at: context.epochMs, message })), ...(invocation === null ? {} : { requestId: invocation.requestId }) },
    { principal: rolePrincipal(environment.fn, settings), cause, replyTo: { kind: 'none' } },
  );
}

/** The last 4 KB. */
function lastBytes(text: string): string {
  if (text.length <= LAMBDA.logTailBytesMax && utf8ByteLength(text) <= LAMBDA.logTailBytesMax) return text;
  let cut = text.slice(-LAMBDA.logTailBytesMax);
  while (utf8ByteLength(cut) > LAMBDA.logTailBytesMax) cut = cut.slice(1);
  return cut;
}

/** A line of the handler. Its level decides with LogFormat JSON. @source aws/lambda.md §4 */
export function handlerLine(settings: Settings, level: string, text: string): string | undefined {
  if (settings.logFormat === 'Text') return `${text}\n`;
  const order = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
  const least = (settings.applicationLogLevel ?? 'INFO').toLowerCase();
  if (order.indexOf(level) < order.indexOf(least)) return undefined;
  return `${text}\n`;
}
