/** Forms of load calls: what they begin with is a call that the service takes, and a field changes nothing but itself. */
import { describe, expect, it } from 'vitest';
import type { LoadInput, ServiceManifest } from '../sim/manifest.ts';
import type { LoadField } from './load-form.ts';
import { loadFormOf } from './load-forms.ts';
import { manifests } from './manifests.ts';
import { models } from './models.ts';

const place = { account: '000000000000', region: 'us-east-1' };
const loadable = manifests.filter(({ load }) => load !== undefined);

/** A node of the service, and what new load on it sends. */
async function begun(id: string, extra: object = {}): Promise<{ input: LoadInput; fields: readonly LoadField[]; field: (label: string) => LoadField }> {
  const manifest = manifests.find((one) => one.id === id)!;
  const config = manifest.config.parse({ name: manifest.nameBase, ...extra });
  const node = { id: 'n', service: id, config, position: { x: 0, y: 0 } };
  const form = (await loadFormOf(id))!;
  const fields = form.fields(node);
  return { input: manifest.load!.aim(form.start(node), manifest.arn(config, place)), fields, field: (label) => fields.find((one) => one.label === label)! };
}
const variantsOf = ({ variants = [] }: ServiceManifest): object[] => [{}, ...variants.map(({ config }) => config)];

describe.each(loadable.map((manifest) => [manifest.id, manifest] as const))('The load form of %s', (id, manifest) => {
  it('begins with a call that its service takes, for every variant', async () => {
    const operation = models.find((model) => model.id === id)!.operations[manifest.load!.operation]!;
    for (const variant of variantsOf(manifest)) {
      const { input } = await begun(id, variant);
      if (!operation.checksItself) expect(operation.input.safeParse(input).error?.issues ?? []).toEqual([]);
    }
  });

  it('reads each field and writes it back without changing anything', async () => {
    for (const variant of variantsOf(manifest)) {
      const { input, fields } = await begun(id, variant);
      expect(fields.length).toBeGreaterThan(0);
      for (const field of fields) expect(field.write(input, field.read(input)), field.label).toEqual(input);
    }
  });
});

describe('Load forms', () => {
  it('are there for every service with load, and for no other', async () => {
    expect(loadable.map(({ id }) => id).toSorted()).toEqual(['dynamodb', 'events', 'lambda', 's3', 'sns', 'sqs']);
    for (const { id, load } of manifests) expect((await loadFormOf(id)) !== null, id).toBe(load !== undefined);
  });

  it('leave an optional text out when it is empty', async () => {
    const { input, field } = await begun('sqs');
    const grouped = field('Group').write(input, 'red');
    expect(grouped['MessageGroupId']).toBe('red');
    expect(field('Group').write(grouped, '')).toEqual(input);
  });

  it('of a FIFO queue send every message: by its body, or by a deduplication id of its own', async () => {
    expect((await begun('sqs', { FifoQueue: true, ContentBasedDeduplication: true })).input).toMatchObject({ MessageGroupId: 'a', MessageBody: expect.stringContaining('{{n}}') as unknown });
    expect((await begun('sqs', { FifoQueue: true })).input).toMatchObject({ QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs.fifo', MessageDeduplicationId: 'o-{{n}}' });
  });

  it('write attributes of a topic as one line', async () => {
    const { input, field } = await begun('sns');
    const written = field('Attributes').write(input, 'kind=order, price=12');
    expect(written['MessageAttributes']).toEqual({ kind: { DataType: 'String', StringValue: 'order' }, price: { DataType: 'Number', StringValue: '12' } });
    expect(field('Attributes').read(written)).toBe('kind=order, price=12');
    expect(() => field('Attributes').write(input, 'order')).toThrow('These are no attributes. Write name=value, with commas between them.');
  });

  it('change only the first entry of an event, and refuse sources of AWS', async () => {
    const { field } = await begun('events');
    const two = { Entries: [{ Source: 'a', Resources: ['r'] }, { Source: 'b' }] };
    expect(field('Source').write(two, 'shop')).toEqual({ Entries: [{ Source: 'shop', Resources: ['r'] }, { Source: 'b' }] });
    expect(() => field('Source').write(two, 'aws.s3')).toThrow(/belong to AWS and are refused\. Try my\.app\./);
    expect(() => field('Detail').write(two, '[1]')).toThrow('The detail is a JSON object, such as {"order": "o-1"}.');
  });

  it('show an item as plain JSON, in DynamoDB\u2019s own where that cannot say it, and ask for the key', async () => {
    const { field } = await begun('dynamodb', { PartitionKey: 'pk', SortKey: 'at', SortKeyType: 'N' });
    const item = field('Item');
    const plain = item.write({}, '{"pk": "o-{{n}}", "at": "{{n}}", "tags": ["a"], "price": 1.5}');
    expect(plain).toEqual({ Item: { pk: { S: 'o-{{n}}' }, at: { N: '{{n}}' }, tags: { L: [{ S: 'a' }] }, price: { N: '1.5' } } });
    expect(JSON.parse(item.read(plain))).toEqual({ pk: 'o-{{n}}', at: '{{n}}', tags: ['a'], price: 1.5 });
    const sets = { Item: { pk: { S: 'a' }, at: { N: '1' }, tags: { SS: ['a'] } } };
    expect(JSON.parse(item.read(sets))).toEqual(sets.Item);
    expect(item.write({}, item.read(sets))).toEqual(sets);
    expect(() => item.write({}, '{"pk": "a"}')).toThrow('The key at is missing. Add "at" to the item.');
  });
});
