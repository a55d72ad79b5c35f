import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { manifests } from '../../services/manifests.ts';
import { fieldsOf, groupsOf } from './schema-fields.ts';

const schema = z.object({
  name: z
    .string()
    .regex(/^[a-z]+$/, 'Small letters only.')
    .meta({ label: 'Name', group: 'Thing' }),
  WaitSec: z
    .int('Whole seconds.')
    .min(0, 'From 0 to 20 s.')
    .max(20, 'From 0 to 20 s.')
    .default(0)
    .meta({ label: 'Wait', unit: 's', group: 'Thing', help: 'How long.' }),
  Limit: z.int().min(0).nullable().default(null).meta({ label: 'Limit', group: 'Rest' }),
  Kind: z.enum(['one', 'two']).default('one').meta({ label: 'Kind', group: 'Rest' }),
  Variables: z.record(z.string(), z.string()).default({}).meta({ label: 'Variables', group: 'Rest' }),
  Layers: z
    .array(z.enum(['ffmpeg']))
    .default([])
    .meta({ label: 'Layers', group: 'Rest' }),
  Rows: z.array(z.object({ key: z.string(), atMs: z.number() })).default([]),
  On: z.boolean().default(true),
});

describe('fields of a settings schema', () => {
  const fields = new Map(fieldsOf(schema).map((field) => [field.member, field]));

  it('have a control by their kind, through defaults and nulls', () => {
    expect([...fields.values()].map(({ type }) => type.kind)).toEqual(['text', 'number', 'number', 'choice', 'map', 'choices', 'records', 'switch']);
  });
  it('carry label, unit, help and limits of the schema', () => {
    expect(fields.get('WaitSec')).toMatchObject({ label: 'Wait', unit: 's', help: 'How long.', type: { min: 0, max: 20, step: 1 } });
  });
  it('refuse in the words of the schema, and take what fits', () => {
    expect(fields.get('WaitSec')!.refusal(21)).toBe('From 0 to 20 s.');
    expect(fields.get('WaitSec')!.refusal(1.5)).toBe('Whole seconds.');
    expect(fields.get('WaitSec')!.refusal(20)).toBeNull();
  });
  it('say what their empty value is', () => {
    expect([fields.get('Limit')!.empty, fields.get('name')!.empty]).toEqual(['null', 'no']);
  });
  it('are grouped in the order in which groups first appear', () => {
    expect(groupsOf(schema).map(({ title }) => title)).toEqual(['Thing', 'Rest', '']);
  });
  it('are known for every setting of every service and connection, with a label', () => {
    const schemas = manifests.flatMap((manifest) => [manifest.config, ...manifest.edges.map((edge) => edge.config)]);
    const all = schemas.flatMap((one) => fieldsOf(one));
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter(({ type }) => type.kind === 'json').map(({ member }) => member)).toEqual([]);
    expect(all.filter(({ label }) => label.trim() === '')).toEqual([]);
  });
});
