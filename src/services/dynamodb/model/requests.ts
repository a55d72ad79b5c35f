/** What the item operations share: input members, placeholders, expressions, capacity. @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { NotModelled } from '../../../sim/errors.ts';
import type { BlobStore } from '../../../sim/ports/runtime.ts';
import { validation } from './errors.ts';
import { parseCondition } from './expressions/parse-condition.ts';
import { parseProjection } from './expressions/parse-update.ts';
import type { Placeholders } from './expressions/reader.ts';
import type { Condition, Path } from './expressions/syntax.ts';
import { DYNAMODB } from './limits.ts';
import type { Table } from './state.ts';
import { readValue } from './values.ts';

export const SOURCE = 'aws/other-services.md §6; Amazon DynamoDB API reference (API version 2012-08-10)';
const attributes = z.record(z.string(), z.unknown());
export const tableName = z.object({ TableName: z.string() });
export const placeholderMembers = z.object({ ExpressionAttributeNames: z.record(z.string(), z.string()).optional(), ExpressionAttributeValues: attributes.optional() });
export const capacityMembers = z.object({ ReturnConsumedCapacity: z.enum(['INDEXES', 'TOTAL', 'NONE']).optional() });
export const keyMember = z.object({ Key: attributes });
export const itemMember = z.object({ Item: attributes });
export const readMembers = z.object({ ConsistentRead: z.boolean().optional(), ProjectionExpression: z.string().optional(), AttributesToGet: z.unknown().optional() });
export const conditionMembers = z.object({
  ConditionExpression: z.string().optional(),
  ReturnValuesOnConditionCheckFailure: z.enum(['ALL_OLD', 'NONE']).optional(),
  ReturnItemCollectionMetrics: z.enum(['SIZE', 'NONE']).optional(),
  Expected: z.unknown().optional(),
  ConditionalOperator: z.unknown().optional(),
});

type PlaceholderInput = z.infer<typeof placeholderMembers>;

/** Members from before expressions are known, and refused by name. */
export function refuseLegacy(input: object): void {
  for (const member of ['Expected', 'ConditionalOperator', 'AttributeUpdates', 'AttributesToGet', 'KeyConditions', 'QueryFilter', 'ScanFilter']) {
    if ((input as Record<string, unknown>)[member] !== undefined) throw new NotModelled('dynamodb', `the legacy parameter ${member}`, 'Use an expression.');
  }
}

/** Expressions of one request; `finish` refuses placeholders that none of them used. */
export class Expressions {
  readonly #placeholders: Placeholders;
  readonly #input: PlaceholderInput;
  #any = false;

  constructor(blobs: BlobStore, input: PlaceholderInput) {
    refuseLegacy(input);
    this.#input = input;
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input;
    if (names !== undefined && Object.keys(names).length === 0) throw validation('ExpressionAttributeNames must not be empty');
    if (values !== undefined && Object.keys(values).length === 0) throw validation('ExpressionAttributeValues must not be empty');
    for (const name of Object.keys(names ?? {})) if (!/^#[A-Za-z0-9_]+$/.test(name)) throw validation(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${name}"`);
    for (const name of Object.keys(values ?? {})) if (!/^:[A-Za-z0-9_]+$/.test(name)) throw validation(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${name}"`);
    this.#placeholders = { names: names ?? {}, values: Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, readValue(blobs, value)])), usedNames: new Set(), usedValues: new Set() };
  }

  condition(text: string | undefined, what = 'ConditionExpression'): Condition | undefined {
    return this.read(text, (given, placeholders) => parseCondition(given, what, placeholders));
  }
  projection(text: string | undefined): readonly Path[] | undefined {
    return this.read(text, parseProjection);
  }
  read<Result>(text: string | undefined, parse: (text: string, placeholders: Placeholders) => Result): Result | undefined {
    if (text === undefined) return undefined;
    this.#any = true;
    return parse(text, this.#placeholders);
  }

  finish(): void {
    const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = this.#input;
    const { usedNames, usedValues } = this.#placeholders;
    for (const [member, given, used] of [['ExpressionAttributeNames', names, usedNames], ['ExpressionAttributeValues', values, usedValues]] as const) {
      const unused = Object.keys(given).filter((name) => !used.has(name));
      if (unused.length === 0) continue;
      throw validation(this.#any ? `Value provided in ${member} unused in expressions: keys: {${unused.join(', ')}}` : `${member} can only be specified when using expressions`);
    }
  }
}

export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / DYNAMODB.writeUnitBytes));
/** Read capacity in halves of a unit: an eventually consistent read costs one, a consistent one two, for each 4 KB. */
export const readHalves = (bytes: number, consistent: boolean | undefined): number => Math.max(1, Math.ceil(bytes / DYNAMODB.readUnitBytes)) * (consistent === true ? 2 : 1);

/** `ConsumedCapacity` of an output, when it was asked for. */
export function consumed(table: Table, units: number, input: { readonly ReturnConsumedCapacity?: string | undefined }): { ConsumedCapacity?: object } {
  const asked = input.ReturnConsumedCapacity ?? 'NONE';
  if (asked === 'NONE') return {};
  return { ConsumedCapacity: { TableName: table.name, CapacityUnits: units, ...(asked === 'INDEXES' ? { Table: { CapacityUnits: units } } : {}) } };
}
