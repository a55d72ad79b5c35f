/** What the example service does: copy this as the first test of a new one. */
import { describe, expect, it } from 'vitest';
import { models } from '../../models.ts';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';
import { model } from './index.ts';

function world(): TestWorld {
  const cloud = createTestWorld({ models: [...models, model] });
  cloud.send('template', 'CreateCounter', { Name: 'visits' });
  return cloud;
}

describe('a counter', () => {
  it('counts, and leaves each count in the trace with what caused it', () => {
    const cloud = world();
    cloud.send('template', 'Count', { Name: 'visits' });
    expect(cloud.send('template', 'Count', { Name: 'visits', Step: 4 })).toEqual({ Value: 5 });
    expect(cloud.events('template.Counted').map(({ data, cause }) => [data['value'], cause.length])).toEqual([
      [1, 1],
      [5, 1],
    ]);
  });

  it('refuses a step that is too large with the error of its table, and stays as it was', () => {
    const cloud = world();
    expect(cloud.failure('template', 'Count', { Name: 'visits', Step: 11 })).toMatchObject({ name: 'ValidationException', message: 'Step 11 is larger than 10.', status: 400 });
    expect(cloud.send('template', 'Count', { Name: 'visits' })).toEqual({ Value: 1 });
  });

  it('says how long ago the last count was', () => {
    const cloud = world();
    cloud.send('template', 'Count', { Name: 'visits' });
    cloud.advance(2_500);
    expect(model.summarize(cloud.world.context('template') as never, 'arn:aws:template:us-east-1:000000000000:counter/visits')).toEqual({ value: 1, stepMax: 10, agoMs: 2_500 });
  });
});
