/** Whole SDK clients against the models: every operation is modelled or refused by name, and travels as its client sends it; no member of an input is passed over in silence. */
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as lambda from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { models } from '../../services/models.ts';
import { createCloud } from './create-cloud.ts';
import { sdkOperations } from './wire/sdk-schemas.ts';
import { commandOf, failureOf, through } from './wire/testing.ts';

interface Client {
  send(command: object): Promise<unknown>;
}
/** Members that change nothing here: told for each why. */
const WITHOUT_MEANING: Readonly<Record<string, readonly string[]>> = {
  // There are no data protection policies, so nothing is masked; results are always interleaved, as AWS says of today's.
  FilterLogEvents: ['unmask', 'interleaved'],
  GetLogEvents: ['unmask'],
  // Entities are for the console's maps.
  PutLogEvents: ['entity'],
  PutMetricData: ['StrictEntityValidation'],
};
const CLIENTS: readonly [string, Readonly<Record<string, unknown>>, (o: ReturnType<typeof through>) => Client][] = [
  ['lambda', lambda, (o) => new lambda.LambdaClient(o) as unknown as Client],
  ['logs', logs, (o) => new logs.CloudWatchLogsClient(o) as unknown as Client],
  ['monitoring', cloudwatch, (o) => new cloudwatch.CloudWatchClient(o) as unknown as Client],
];

describe.each(CLIENTS)('the client of %s', (id, sdk, clientOf) => {
  const model = models.find((candidate) => candidate.id === id)!;
  const operations = sdkOperations(sdk);
  const modelled = operations.filter(({ name }) => name in model.operations);
  const others = operations.filter(({ name }) => !(name in model.operations));

  it('has the operations that the model names, and more', () => {
    const names = new Set(operations.map(({ name }) => name));
    expect(Object.keys(model.operations).filter((name) => !names.has(name))).toEqual(id === 'lambda' ? ['GetFunctionFiles'] : []);
    expect(model.notModelled.filter((name) => !names.has(name))).toEqual([]);
    expect(modelled.length).toBeGreaterThan(3);
  });

  it('is told by name, with status 501, of every operation that is not modelled', async () => {
    const client = clientOf(through(createCloud()));
    expect(others.length).toBeGreaterThan(20);
    for (const { name, leastInput } of others) {
      const error = await failureOf(client.send(commandOf<object>(sdk, name, leastInput())));
      expect(error, name).toMatchObject({ name: 'NotModelled', message: expect.stringMatching(new RegExp(`^Not modelled: ${id} ${name}\\.`)) as string, $metadata: { httpStatusCode: 501 } });
    }
  });

  it('sends each modelled operation to the place that the model has for it', () => {
    for (const { name, http, members } of modelled) {
      const row = model.operations[name]!;
      if (http === undefined) continue;
      // DeleteFunction answered 204 when it was recorded, and the client takes both.
      expect([name, row.http?.method, row.http?.uri.replace(/\/$/, ''), name === 'DeleteFunction' ? 200 : (row.http?.status ?? 200)]).toEqual([name, http[0], http[1].replace(/\/$/, ''), http[2]]);
      for (const { name: member, query, header } of members) {
        if (query !== undefined && query !== member) expect(row.http?.query?.[query], `${name} ?${query}`).toBe(member);
        if (header !== undefined) expect(row.http?.headers?.[header.toLowerCase()], `${name} ${header}`).toBe(member);
      }
    }
  });

  it.each(modelled.map(({ name, members }) => [name, members] as const))('knows every member of %s: uses it, or refuses it by name', (name, members) => {
    const shape = Object.keys((model.operations[name]!.input as unknown as z.ZodObject).shape);
    expect(members.map((member) => member.name).filter((member) => !shape.includes(member) && !(WITHOUT_MEANING[name] ?? []).includes(member))).toEqual([]);
  });
});
