/** The query protocol (SNS, IAM, the older one of SQS): a form with dotted names in, XML out. @source Smithy 2.0, AWS query protocol */
import { base64Encode } from '../../../base/base64.ts';
import type { AnyServiceModel, FlatQuery } from '../../../sim/service.ts';
import { memberSchema, elementSchema, typed, unwrapped } from './schema-values.ts';
import type { ReadRequest } from './messages.ts';
import { XML_HEAD, textElement } from './xml.ts';

/** Name → text, or a further level; the numbers of lists are names here. */
interface Tree {
  [name: string]: Tree | string;
}

export interface QueryCall {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/** The form of a request to a service that reads forms: its body, or what stands after the `?` of a GET. */
export function formOf(request: Pick<ReadRequest, 'method' | 'query' | 'text'>): string {
  return request.method === 'GET' ? String(new URLSearchParams(request.query)) : request.text;
}

/** Whether a service reads forms, in its own protocol or beside it. */
export function readsForms(model: AnyServiceModel | undefined): boolean {
  return model?.sdk?.protocol === 'query' || model?.sdk?.flatQuery !== undefined;
}

/** The call that a form means. Members are read by the operation's input schema. @throws SyntaxError when it names no action */
export function queryCall(model: AnyServiceModel, form: string, url?: string): QueryCall {
  const tree: Tree = {};
  for (const [name, value] of new URLSearchParams(form)) put(tree, name.split('.'), value);
  const { Action: operation, Version: _, ...members } = tree;
  if (typeof operation !== 'string') throw new SyntaxError('The form names no Action.');
  const schema = model.operations[operation]?.input;
  const plain = shaped(members, schema, { flat: model.sdk?.flatQuery, operation }) as Record<string, unknown>;
  const pathMember = model.sdk?.flatQuery?.pathMember ?? '';
  if (url !== undefined && plain[pathMember] === undefined && pathMember in unwrapped(schema).shape) plain[pathMember] = url;
  return { operation, input: typed(schema, plain, { blobMembers: new Set(model.sdk?.blobMembers) }) as Record<string, unknown> };
}

function put(tree: Tree, [name = '', ...rest]: readonly string[], value: string): void {
  if (name === '__proto__') return;
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const inner = Object.hasOwn(tree, name) ? tree[name] : undefined;
  const next: Tree = typeof inner === 'object' ? inner : {};
  tree[name] = next;
  put(next, rest, value);
}

const isNumbered = (tree: Tree): boolean => Object.keys(tree).length > 0 && Object.keys(tree).every((name) => /^\d+$/.test(name));
const inOrder = (tree: Tree): (Tree | string)[] => Object.keys(tree).sort((a, b) => Number(a) - Number(b)).map((name) => tree[name]!);

interface Names {
  readonly flat: FlatQuery | undefined;
  readonly operation: string;
}
const wireName = (member: string, { flat, operation }: Names): string => flat?.names[`${operation}.${member}`] ?? flat?.names[member] ?? member;

/** `X.member.1`, `X.entry.1.key` and flattened lists and maps as lists and maps, under the names that the schema has for them. */
function shaped(value: Tree | string, schema: unknown, names: Names): unknown {
  if (typeof value === 'string') return value;
  const { type, definition } = unwrapped(schema);
  const entries = (items: Tree): object => Object.fromEntries(inOrder(items).map((entry) => entryOf(entry, definition.valueType, names)));
  const list = (items: Tree): unknown[] => inOrder(items).map((item) => shaped(item, elementSchema(schema), names));
  if (isNumbered(value)) return type === 'record' ? entries(value) : list(value);
  const [[only, inner] = ['', ''], ...more] = Object.entries(value);
  if (more.length === 0 && typeof inner === 'object' && isNumbered(inner)) {
    if (only === 'member') return list(inner);
    if (only === 'entry') return entries(inner);
  }
  return { ...absentLists(schema, names), ...membersOf(value, schema, names) };
}

function membersOf(value: Tree, schema: unknown, names: Names): object {
  const members = new Map(Object.keys(unwrapped(schema).shape).map((member) => [wireName(member, names), member]));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const member = members.get(name) ?? name;
      return [member, shaped(inner, memberSchema(schema, member), names)];
    }),
  );
}

/** A flat list without items leaves no trace in a form: one that must be there is empty. */
function absentLists(schema: unknown, { flat }: Names): object {
  if (flat === undefined) return {};
  return Object.fromEntries(Object.entries(unwrapped(schema).shape).flatMap(([member, inner]) => ((inner as { readonly def?: { readonly type?: string } }).def?.type === 'array' ? [[member, []]] : [])));
}

function entryOf(entry: Tree | string, schema: unknown, names: Names): [string, unknown] {
  if (typeof entry === 'string') return [entry, ''];
  return [String(entry['key'] ?? entry['Name'] ?? entry['Key']), shaped(entry['value'] ?? entry['Value'] ?? '', schema, names)];
}

/** Of answers and errors. */
export function namespaceOf(model: AnyServiceModel): string {
  return model.sdk?.flatQuery?.namespace ?? `http://${model.sdk?.endpoint ?? model.id}.amazonaws.com/doc/${model.sdk?.apiVersion ?? ''}/`;
}

/** The XML document of an answer. */
export function queryAnswer(model: AnyServiceModel, operation: string, o: { readonly output: Readonly<Record<string, unknown>>; readonly requestId: string }): string {
  const style: Style = { flat: model.sdk?.flatQuery, operation, maps: new Set(model.sdk?.mapMembers ?? ['Attributes']) };
  const members = Object.entries(o.output).map(([name, value]) => element(name, value, style)).join('');
  return `${XML_HEAD}<${operation}Response xmlns="${namespaceOf(model)}"><${operation}Result>${members}</${operation}Result><ResponseMetadata>${textElement('RequestId', o.requestId)}</ResponseMetadata></${operation}Response>`;
}

interface Style extends Names {
  readonly maps: ReadonlySet<string>;
}

function element(name: string, value: unknown, style: Style): string {
  if (value === undefined || value === null) return '';
  if (value instanceof Date) return textElement(name, value.toISOString());
  if (value instanceof Uint8Array) return textElement(name, base64Encode(value));
  if (typeof value !== 'object') return textElement(name, String(value));
  if (style.flat !== undefined) return flatElement(name, value, { ...style, flat: style.flat });
  if (Array.isArray(value)) return `<${name}>${value.map((item) => element('member', item, style)).join('')}</${name}>`;
  const members = Object.entries(value);
  if (!style.maps.has(name)) return `<${name}>${members.map(([member, inner]) => element(member, inner, style)).join('')}</${name}>`;
  return `<${name}>${members.map(([key, inner]) => `<entry>${textElement('key', key)}${element('value', inner, style)}</entry>`).join('')}</${name}>`;
}

/** Lists and maps repeat their element. */
function flatElement(name: string, value: object, style: Style & { readonly flat: FlatQuery }): string {
  const wire = wireName(name, style);
  if (Array.isArray(value)) return value.map((item) => element(wire, item, style)).join('');
  const [keyName, valueName] = style.flat.maps[name] ?? [];
  if (keyName === undefined || valueName === undefined) return `<${wire}>${Object.entries(value).map(([member, inner]) => element(member, inner, style)).join('')}</${wire}>`;
  return Object.entries(value).map(([key, inner]) => `<${wire}>${textElement(keyName, key)}${element(valueName, inner, style)}</${wire}>`).join('');
}
