/** The template 'Idempotent writer', run to its end: what is delivered twice is written once, and a writer without the right writes nothing. */
import { describe, expect, it } from 'vitest';
import { idempotentWriter } from '../../scenario/templates/idempotent-writer/template.ts';
import { runScenario } from '../headless.ts';

const of = (trace: readonly { readonly kind: string; readonly data: object }[], kind: string): unknown[] => trace.filter((event) => event.kind === kind).map(({ data }) => data);

describe('the idempotent writer', () => {
  it('writes each order once although each arrives twice, and answers every message', async () => {
    const { trace, problems } = await runScenario(idempotentWriter.document, { untilMs: 60_000 });
    expect(problems).toEqual([]);
    expect(of(trace, 'dynamodb.ItemCreated').map((data) => (data as { key: string }).key).toSorted()).toEqual(['o-1', 'o-2', 'o-3']);
    expect(of(trace, 'dynamodb.WriteRefused')).toHaveLength(3);
    expect(of(trace, 'dynamodb.WriteRefused')[0]).toMatchObject({ condition: 'attribute_not_exists(id)', operation: 'put' });
    expect(of(trace, 'dynamodb.ItemReplaced')).toEqual([]);
    expect(of(trace, 'sqs.MessageDeleted')).toHaveLength(6);
    expect(of(trace, 'lambda.InvocationFailed')).toEqual([]);
  });

  it('is denied when the right of its connection is taken away', async () => {
    const { base } = idempotentWriter.document;
    const { trace } = await runScenario({ base: { ...base, edges: base.edges.map((edge) => (edge.id === 'write' ? { ...edge, grant: false } : edge)) }, inputs: [] }, { untilMs: 20_000 });
    expect(of(trace, 'iam.AccessDenied')[0]).toMatchObject({ action: 'dynamodb:PutItem' });
    expect(of(trace, 'dynamodb.ItemCreated')).toEqual([]);
  });
});
