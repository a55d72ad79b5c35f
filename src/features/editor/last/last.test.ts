/** The last invocation of a function, and which code it ran. */
import { describe, expect, it } from 'vitest';
import { EMPTY_BASE } from '../../../scenario/scenario.store.ts';
import type { ScenarioDocument, ScenarioNodeDocument } from '../../../scenario/schema.ts';
import type { TraceEvent } from '../../../sim/trace.ts';
import { changedFiles, filesAt } from './code-that-ran.ts';
import { lastInvocation } from './invocation-facts.ts';

function trace(...rows: readonly (readonly [at: number, kind: string, data: Record<string, string | number>])[]): readonly TraceEvent[] {
  return rows.map(([at, kind, data], seq) => ({ seq, at, kind, resource: 'arn', cause: [], data }) as unknown as TraceEvent);
}
const END = { requestId: 'r', environment: 'e-1', durationUs: 12_340, initUs: -1, billedMs: 13, memoryMb: 128, maxMemoryMb: 64, error: '', message: '' };
const events = trace(
  [-100, 'lambda.FunctionCreated', {}],
  [10, 'lambda.EnvironmentStarting', { environment: 'e-1' }],
  [20, 'lambda.InvocationStarted', { requestId: 'r', version: '$LATEST' }],
  [25, 'lambda.FunctionUpdated', { what: 'code' }],
  [30, 'lambda.InvocationSucceeded', END],
  [40, 'lambda.EnvironmentStarting', { environment: 'e-2' }],
  [50, 'lambda.InvocationFailed', { ...END, requestId: 's', environment: 'e-2', initUs: 5, error: 'TypeError', message: 'no' }],
);

describe('the last invocation', () => {
  it('is the one that ended last up to the shown moment', () => {
    expect(lastInvocation(events, 29)).toBeNull();
    expect(lastInvocation(events, 45)?.facts).toMatchObject({ requestId: 'r', status: 'success', durationUs: 12_340, initUs: null });
    expect(lastInvocation(events, 50)?.facts).toMatchObject({ requestId: 's', status: 'error', initUs: 5, errorType: 'TypeError' });
  });
  it('ran the code that was there when its environment started, not what came while it ran', () => {
    expect(lastInvocation(events, 45)?.codeAtUs).toBe(-100);
    expect(lastInvocation(events, 50)?.codeAtUs).toBe(25);
  });
  it('ran the code of its version where that was published', () => {
    const published = trace([-100, 'lambda.FunctionCreated', {}], [5, 'lambda.VersionPublished', { version: '1' }], [6, 'lambda.FunctionUpdated', { what: 'code' }], [10, 'lambda.EnvironmentStarting', { environment: 'e-1' }], [20, 'lambda.InvocationStarted', { requestId: 'r', version: '1' }], [30, 'lambda.InvocationSucceeded', END]);
    expect(lastInvocation(published, 30)?.codeAtUs).toBe(-100);
  });
});

describe('the code that ran', () => {
  const node = (text: string): ScenarioNodeDocument => ({ id: 'fn', service: 'lambda', config: { name: 'fn' }, files: { 'index.mjs': text }, position: { x: 0, y: 0 } });
  const recorded: ScenarioDocument = { base: { ...EMPTY_BASE, nodes: [node('one')] }, inputs: [{ kind: 'edit', atUs: 25, nodes: [node('two')], edges: [] }] };
  const state = { design: { ...EMPTY_BASE, nodes: [node('three')] }, recorded };
  it('is that of the run\'s document at its moment', () => {
    expect(filesAt(state, 'fn', -100)).toEqual({ 'index.mjs': 'one' });
    expect(filesAt(state, 'fn', 25)).toEqual({ 'index.mjs': 'two' });
    expect(filesAt(state, 'gone', 25)).toBeNull();
    expect(filesAt({ ...state, recorded: null }, 'fn', -100)).toEqual({ 'index.mjs': 'three' });
  });
  it('differs by texts, and by files that came or went', () => expect(changedFiles({ a: '1', b: '2', c: '3' }, { a: '1', b: '4', d: '5' })).toEqual(['b', 'c', 'd']));
});
