import { describe, expect, it } from 'vitest';
import { FN, functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

const work: Script = { handle: (event) => [{ cpuMs: 5 }, ...((event as { fail?: boolean }).fail === true ? [{ fail: ['Error', 'boom'] as const }] : [{ result: 1 }])] };
function traced(Mode = 'Active'): FunctionsWorld {
  const cloud = functionsWorld({ work });
  cloud.send('iam', 'AttachRolePolicy', { RoleName: 'fn-role', PolicyArn: 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess' });
  cloud.make('work', { MemorySize: 1769, TracingConfig: { Mode } });
  return cloud;
}
interface Segment {
  readonly id: string;
  readonly trace_id: string;
  readonly parent_id?: string;
  readonly name: string;
  readonly origin: string;
  readonly start_time: number;
  readonly end_time: number;
  readonly fault?: boolean;
  readonly subsegments?: readonly { readonly name: string }[];
}
const segments = (cloud: FunctionsWorld, at = 0): Segment[] => JSON.parse(String(cloud.events('lambda.TraceRecorded')[at]!.data['segments'])) as Segment[];

describe('X-Ray of a function', () => {
  it('gets two segments of the same name, with the init under that of the service only when the request paid for it', () => {
    const cloud = traced();
    const { log } = cloud.invoke();
    const [service, own] = segments(cloud);
    expect([service!.origin, own!.origin, service!.name, own!.name]).toEqual(['AWS::Lambda', 'AWS::Lambda::Function', 'fn', 'fn']);
    expect(own!.parent_id).toBe(service!.id);
    expect(service!.trace_id).toMatch(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    expect(service!.subsegments?.map((one) => one.name)).toEqual(['Init']);
    expect(own!.start_time - service!.start_time).toBeGreaterThan(0.15);
    expect(log).toContain(`\tXRAY TraceId: ${service!.trace_id}\tSegmentId: ${service!.id}\tSampled: true\t\n`);
    cloud.advance(1_000);
    cloud.invoke({ fail: true });
    expect(segments(cloud, 1)).toMatchObject([{ fault: true }, { fault: true }]);
    expect(segments(cloud, 1)[0]!.subsegments).toBeUndefined();
  });

  it('samples the first request of each second and about one of twenty of the rest', () => {
    const cloud = traced();
    cloud.invoke();
    cloud.advance(5_000);
    const before = cloud.events('lambda.TraceRecorded').length;
    for (let i = 0; i < 400; i++) cloud.begin({}, { LogType: 'None' });
    cloud.advance(5_000);
    const sampled = cloud.events('lambda.TraceRecorded').length - before;
    expect(sampled).toBeGreaterThan(8);
    expect(sampled).toBeLessThan(40);
  });

  it('records nothing with PassThrough, and only says so without the rights of the role', () => {
    const passing = traced('PassThrough');
    expect(passing.invoke().log).not.toContain('XRAY');
    expect(passing.events('lambda.TraceRecorded')).toEqual([]);
    const cloud = traced();
    cloud.send('iam', 'DetachRolePolicy', { RoleName: 'fn-role', PolicyArn: 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess' });
    expect(cloud.invoke().statusCode).toBe(200);
    expect([cloud.events('lambda.TraceRecorded').length, cloud.events('lambda.TraceLost')[0]!.resource]).toEqual([0, FN]);
  });
});
