/** The query protocol (SNS, IAM): a form with dotted names in, XML out. @source Smithy 2.0, AWS query protocol */
import { base64Encode } from '../../../base/base64.ts';
import type { AnyServiceModel } from '../../../sim/service.ts';
import { typed } from './schema-values.ts';
import { XML_HEAD, textElement } from './xml.ts';

/** Name → text, or a further level; the numbers of lists are names here. */
interface Tree {
  [name: string]: Tree | string;
}

export interface QueryCall {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/** The call that a form means. Members are read by the operation's input schema. @throws SyntaxError when it names no action */
export function queryCall(model: AnyServiceModel, form: string): QueryCall {
  const tree: Tree = {};
  for (const [name, value] of new URLSearchParams(form)) put(tree, name.split('.'), value);
  const { Action: operation, Version: _, ...members } = tree;
  if (typeof operation !== 'string') throw new SyntaxError('The form names no Action.');
  const plain = shaped(members);
  const schema = model.operations[operation]?.input;
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

/** `X.member.1`, `X.entry.1.key` and flattened lists as lists and maps. */
function shaped(value: Tree | string): unknown {
  if (typeof value === 'string') return value;
  if (isNumbered(value)) return inOrder(value).map(shaped);
  const [[only, inner] = ['', ''], ...more] = Object.entries(value);
  if (more.length === 0 && typeof inner === 'object' && isNumbered(inner)) {
    if (only === 'member') return inOrder(inner).map(shaped);
    if (only === 'entry') return Object.fromEntries(inOrder(inner).map(entryOf));
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shaped(member)]));
}

function entryOf(entry: Tree | string): [string, unknown] {
  if (typeof entry === 'string') return [entry, ''];
  return [String(entry['key'] ?? entry['Name']), shaped(entry['value'] ?? entry['Value'] ?? '')];
}

/** The XML document of an answer. */
export function queryAnswer(model: AnyServiceModel, operation: string, o: { readonly output: Readonly<Record<string, unknown>>; readonly requestId: string }): string {
  const maps = new Set(model.sdk?.mapMembers ?? ['Attributes']);
  const members = Object.entries(o.output).map(([name, value]) => element(name, value, maps)).join('');
  const namespace = `http://${model.sdk?.endpoint ?? model.id}.amazonaws.com/doc/${model.sdk?.apiVersion ?? ''}/`;
  return `${XML_HEAD}<${operation}Response xmlns="${namespace}"><${operation}Result>${members}</${operation}Result><ResponseMetadata>${textElement('RequestId', o.requestId)}</ResponseMetadata></${operation}Response>`;
}

function element(name: string, value: unknown, maps: ReadonlySet<string>): string {
  if (value === undefined || value === null) return '';
  if (value instanceof Date) return textElement(name, value.toISOString());
  if (value instanceof Uint8Array) return textElement(name, base64Encode(value));
  if (typeof value !== 'object') return textElement(name, String(value));
  if (Array.isArray(value)) return `<${name}>${value.map((item) => element('member', item, maps)).join('')}</${name}>`;
  const members = Object.entries(value);
  if (!maps.has(name)) return `<${name}>${members.map(([member, inner]) => element(member, inner, maps)).join('')}</${name}>`;
  return `<${name}>${members.map(([key, inner]) => `<entry>${textElement('key', key)}${element('value', inner, maps)}</entry>`).join('')}</${name}>`;
}
