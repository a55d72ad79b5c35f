import { describe, expect, it } from 'vitest';
import { functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';
import { billedMs, msText } from './log-lines.ts';

const work: Script = { handle: (event) => ((event as { slow?: boolean }).slow === true ? [{ sleepMs: 9_000 }, { result: 1 }] : [{ cpuMs: 5 }, { result: 1 }]) };
const broken: Script = { init: [{ crash: ['Runtime.UserCodeSyntaxError', 'SyntaxError: x'] }], handle: () => [] };
function types(cloud: FunctionsWorld): string[] {
  return cloud.lines().map((line) => (JSON.parse(line) as { type: string }).type.replace('platform.', ''));
}
function json(script: Script, SystemLogLevel?: string): FunctionsWorld {
  const cloud = functionsWorld({ script });
  cloud.make('script', { MemorySize: 1769, LoggingConfig: { LogFormat: 'JSON', ...(SystemLogLevel === undefined ? {} : { SystemLogLevel }) } });
  return cloud;
}

describe('durations as Lambda prints them', () => {
  it.each([
    [128_830, 166_620, '128.83 ms', 296],
    [3_016_780, 84_000, '3016.78 ms', 3_101],
    [133_610, 80_000, '133.61 ms', 214],
    [5_000, -1, '5.00 ms', 5],
    [1, -1, '0.00 ms', 1],
    [1_000, -1, '1.00 ms', 1],
    [1_004, -1, '1.00 ms', 1],
    [1_005, -1, '1.01 ms', 2],
    [400, 600, '0.40 ms', 1],
    [400, 610, '0.40 ms', 2],
    [3_000_000, 10_000_000, '3000.00 ms', 13_000],
  ])('%i µs with an init of %i µs is %s, billed %i ms', (durationUs, initUs, text, billed) => {
    expect([msText(durationUs), billedMs(durationUs, initUs)]).toEqual([text, billed]);
  });
});

describe('system logs as JSON', () => {
  it.each<[string | undefined, string[]]>([
    [undefined, ['initStart', 'start', 'report']],
    ['DEBUG', ['initStart', 'initRuntimeDone', 'initReport', 'start', 'runtimeDone', 'report']],
    ['WARN', []],
  ])('of a success at level %s are %j', (level, expected) => {
    const cloud = json(work, level);
    cloud.invoke();
    expect(types(cloud)).toEqual(expected);
  });

  it('of a failure are all at WARN', () => {
    const late = json(work, 'WARN');
    late.invoke({ slow: true });
    expect(types(late)).toEqual(['runtimeDone', 'report']);
    const cloud = json(broken, 'WARN');
    cloud.invoke();
    expect(types(cloud)).toEqual(['initRuntimeDone', 'initReport', 'initReport', 'runtimeDone', 'report']);
  });

  it('carry the numbers of REPORT', () => {
    const cloud = json(work);
    const { log } = cloud.invoke();
    const report = JSON.parse(log.trim().split('\n').pop()!) as { time: string; record: { requestId: string; status: string; metrics: Record<string, number> } };
    expect(report.time).toMatch(/^2026-01-01T00:00:0\d\.\d{3}Z$/);
    expect(report.record).toMatchObject({ status: 'success', metrics: { durationMs: 5, memorySizeMB: 1769, maxMemoryUsedMB: 64 } });
    const { durationMs, initDurationMs, billedDurationMs } = report.record.metrics;
    expect(billedDurationMs).toBe(Math.ceil(durationMs! + initDurationMs!));
  });

  it('tell the process its format and level', () => {
    const cloud = functionsWorld({ work });
    cloud.make('work', { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN' } });
    cloud.make('work', {}, 'plain');
    cloud.invoke();
    cloud.invoke({}, { FunctionName: 'plain' });
    expect(cloud.runtime.specs.map((spec) => [spec.environment['AWS_LAMBDA_LOG_FORMAT'], spec.environment['AWS_LAMBDA_LOG_LEVEL']])).toEqual([['JSON', 'WARN'], [undefined, undefined]]);
  });

  it('have levels only with JSON', () => {
    const cloud = functionsWorld({ work });
    cloud.make('work');
    expect(cloud.failure('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', LoggingConfig: { SystemLogLevel: 'DEBUG' } }).message).toBe('LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "JSON" and try again.');
  });
});
