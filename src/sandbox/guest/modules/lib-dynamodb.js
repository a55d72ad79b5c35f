/** @aws-sdk/lib-dynamodb: the document client over the DynamoDB client; which members of each command hold values. @source @aws-sdk/lib-dynamodb 3, 2026 */
import { builtinModule } from '../core/builtins.js';
import { convertToAttr, convertToNative, NumberValue } from './util-dynamodb.js';

/** A map whose values are attribute values. */
const VALUES = Symbol('values');
/** Every element of a list, or every member of a map. */
const each = (shape) => ({ [EACH]: shape });
const EACH = Symbol('each');

const parameters = { ExpressionAttributeValues: VALUES };
const search = [{ ...parameters, ExclusiveStartKey: VALUES }, { Items: each(VALUES), LastEvaluatedKey: VALUES }];
const writes = each(each({ PutRequest: { Item: VALUES }, DeleteRequest: { Key: VALUES } }));
const keys = each({ Keys: each(VALUES) });
const byKey = { Key: VALUES, ...parameters };
/** Document command → command of the client, its input's and its output's shape. */
const COMMANDS = {
  BatchGet: ['BatchGetItem', { RequestItems: keys }, { Responses: each(each(VALUES)), UnprocessedKeys: keys }],
  BatchWrite: ['BatchWriteItem', { RequestItems: writes }, { UnprocessedItems: writes }],
  Delete: ['DeleteItem', byKey, { Attributes: VALUES }],
  Get: ['GetItem', { Key: VALUES }, { Item: VALUES }],
  Put: ['PutItem', { Item: VALUES, ...parameters }, { Attributes: VALUES }],
  Query: ['Query', ...search],
  Scan: ['Scan', ...search],
  TransactGet: ['TransactGetItems', { TransactItems: each({ Get: { Key: VALUES } }) }, { Responses: each({ Item: VALUES }) }],
  TransactWrite: ['TransactWriteItems', { TransactItems: each({ Put: { Item: VALUES, ...parameters }, Update: byKey, Delete: byKey, ConditionCheck: byKey }) }, {}],
  Update: ['UpdateItem', byKey, { Attributes: VALUES }],
  ExecuteStatement: ['ExecuteStatement', {}, {}],
  BatchExecuteStatement: ['BatchExecuteStatement', {}, {}],
  ExecuteTransaction: ['ExecuteTransaction', {}, {}],
};

const mapValues = (object, change) => Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));

/** The same input or output with its values changed where the shape says so. */
function translated(shape, value, change) {
  if (value === undefined || value === null) return value;
  if (shape === VALUES) return mapValues(value, change);
  if (shape[EACH] !== undefined) return Array.isArray(value) ? value.map((item) => translated(shape[EACH], item, change)) : mapValues(value, (item) => translated(shape[EACH], item, change));
  const result = { ...value };
  for (const name of Object.keys(shape)) if (result[name] !== undefined) result[name] = translated(shape[name], result[name], change);
  return result;
}

class DocumentCommand {
  constructor(input) {
    this.input = input;
  }
}

const dynamodb = () => builtinModule('@aws-sdk/client-dynamodb');

/** Undefined members of an item are left out or refused, as the options say. */
function marshallWith(o) {
  return (value) => convertToAttr(value, o);
}

async function sendTranslated(client, command, options) {
  const [operation, inputShape, outputShape] = COMMANDS[command.constructor.document];
  const { marshallOptions = {}, unmarshallOptions = {} } = client.config.translateConfig ?? {};
  const leave = marshallOptions.removeUndefinedValues === true;
  const input = translated(inputShape, leave ? withoutUndefined(inputShape, command.input) : command.input, marshallWith(marshallOptions));
  const output = await client.inner.send(new (dynamodb()[`${operation}Command`])(input), options);
  return translated(outputShape, output, (value) => convertToNative(value, unmarshallOptions));
}

/** Members of a map of values that are undefined, taken out. */
function withoutUndefined(shape, value) {
  if (value === undefined || value === null) return value;
  if (shape === VALUES) return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
  if (shape[EACH] !== undefined) return Array.isArray(value) ? value.map((item) => withoutUndefined(shape[EACH], item)) : mapValues(value, (item) => withoutUndefined(shape[EACH], item));
  const result = { ...value };
  for (const name of Object.keys(shape)) if (result[name] !== undefined) result[name] = withoutUndefined(shape[name], result[name]);
  return result;
}

export class DynamoDBDocumentClient {
  constructor(client, translateConfig) {
    Object.defineProperty(this, 'inner', { value: client, enumerable: false });
    this.config = { ...client.config, translateConfig: { ...translateConfig } };
    this.middlewareStack = client.middlewareStack;
  }
  static from(client, translateConfig) {
    return new this(client, translateConfig);
  }
  send(command, optionsOrCallback, maybeCallback) {
    if (!(command instanceof DocumentCommand)) return this.inner.send(command, optionsOrCallback, maybeCallback);
    const callback = typeof optionsOrCallback === 'function' ? optionsOrCallback : maybeCallback;
    const sent = sendTranslated(this, command, typeof optionsOrCallback === 'object' ? optionsOrCallback : undefined);
    if (typeof callback !== 'function') return sent;
    sent.then((output) => callback(null, output), (error) => callback(error));
    return undefined;
  }
  destroy() {}
}

const exports = { DynamoDBDocumentClient, NumberValue, NumberValueImpl: NumberValue };
export class DynamoDBDocument extends DynamoDBDocumentClient {}
exports.DynamoDBDocument = DynamoDBDocument;
for (const name of Object.keys(COMMANDS)) {
  const Command = { [`${name}Command`]: class extends DocumentCommand {} }[`${name}Command`];
  Command.document = name;
  exports[`${name}Command`] = Command;
  const method = `${name[0].toLowerCase()}${name.slice(1)}`;
  Object.defineProperty(DynamoDBDocument.prototype, method, {
    value: function call(input, ...rest) {
      return this.send(new Command(input), ...rest);
    },
    writable: true,
    configurable: true,
  });
}

function paginator(name) {
  return async function* paginate(configuration, input, options) {
    const Command = exports[`${name}Command`];
    let token = configuration.startingToken;
    do {
      const page = await configuration.client.send(new Command({ ...input, ...(configuration.pageSize === undefined ? {} : { Limit: configuration.pageSize }), ...(token === undefined ? {} : { ExclusiveStartKey: token }) }), options);
      yield page;
      token = page.LastEvaluatedKey;
    } while (token);
  };
}
exports.paginateQuery = paginator('Query');
exports.paginateScan = paginator('Scan');

export default exports;
