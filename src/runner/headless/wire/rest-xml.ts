/** REST-XML (S3): members in path, query and headers, documents and bytes in the body. @source Smithy 2.0, AWS restXml protocol */
import { NotModelled } from '../../../sim/errors.ts';
import type { AnyServiceModel, HttpBinding, XmlNames } from '../../../sim/service.ts';
import { bytesOfText } from './json-values.ts';
import type { ReadRequest, WireResponse } from './messages.ts';
import { routeOf } from './routes.ts';
import type { RestRoute } from './routes.ts';
import { elementSchema, memberSchema, scalarOf, unwrapped } from './schema-values.ts';
import { XML_HEAD, parseXml, textElement } from './xml.ts';
import type { XmlElement } from './xml.ts';

const VERBS: Readonly<Record<string, string>> = { GET: 'Get', HEAD: 'Head', PUT: 'Put', DELETE: 'Delete', POST: 'Post' };

/** The operation of a request. @throws NotModelled, by AWS's name for it where the request gives it away */
export function xmlRoute(model: AnyServiceModel, given: ReadRequest): RestRoute {
  const names = namesOf(model);
  const request = { ...given, path: names.hostLabel ? withHostLabel(model, given) : given.path };
  if (request.query['X-Amz-Signature'] !== undefined) throw new NotModelled(model.id, 'presigned URLs', 'Send the command itself.');
  const route = routeOf([model], request);
  const named = request.query['x-id'];
  if (named !== undefined && model.operations[named] === undefined) throw new NotModelled(model.id, named);
  const literals = new Set(new URLSearchParams(route?.http.uri.split('?')[1] ?? '').keys());
  const foreign = Object.keys(request.query).find((name) => name !== 'x-id' && names.query[name] === undefined && !literals.has(name));
  if (route === undefined || foreign !== undefined) throw new NotModelled(model.id, unmodelledName(model, request, foreign));
  return route;
}

/** `uploads.s3.us-east-1.amazonaws.com/key` is `/uploads/key`. */
function withHostLabel(model: AnyServiceModel, request: ReadRequest): string {
  const host = request.hostname.split(':')[0]!;
  const at = host.search(new RegExp(`\\.${model.sdk?.endpoint ?? model.id}[.-]`));
  return at > 0 ? `/${host.slice(0, at)}${request.path}` : request.path;
}

/** `GET /{Bucket}?acl` is GetBucketAcl: the name in the model's list that begins so, or the request as it is. */
function unmodelledName(model: AnyServiceModel, request: ReadRequest, subresource: string | undefined): string {
  const [, bucket = '', key = ''] = request.path.split('/');
  const noun = (subresource ?? '').replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
  const guess = `${VERBS[request.method] ?? request.method}${key === '' ? 'Bucket' : 'Object'}${noun}`.toLowerCase();
  const known = subresource === undefined ? undefined : model.notModelled.find((name) => name.toLowerCase().startsWith(guess));
  return known ?? `${request.method} /${bucket === '' ? '' : '{Bucket}'}${key === '' ? '' : '/{Key}'}${subresource === undefined ? '' : `?${subresource}`}`;
}

function namesOf(model: AnyServiceModel): XmlNames {
  const names = model.sdk?.xml;
  if (names === undefined) throw new NotModelled(model.id, 'rest-xml requests', 'Use send().');
  return names;
}

/** The input of an operation. @throws SyntaxError for a body that is no XML */
export function xmlInput({ model, operation, http, labels }: RestRoute, request: ReadRequest): Record<string, unknown> {
  const names = namesOf(model);
  const schema = model.operations[operation]!.input;
  const { shape } = unwrapped(schema);
  const input: Record<string, unknown> = { ...labels };
  const take = (member: string | undefined, text: string): void => {
    if (member !== undefined && shape[member] !== undefined && labels[member] === undefined) input[member] = scalarOf(shape[member], text);
  };
  for (const [name, value] of Object.entries(request.query)) take(names.query[name], value);
  for (const [name, value] of Object.entries(request.headers)) {
    take(http.headers?.[name] ?? names.headers[name], value);
    for (const [beginning, member] of Object.entries(names.prefixHeaders)) {
      if (name.startsWith(beginning) && shape[member] !== undefined) input[member] = { ...(input[member] as object | undefined), [name.slice(beginning.length)]: value };
    }
  }
  if (http.payload === undefined || request.body.length === 0) return input;
  const payload = memberSchema(schema, http.payload);
  const isDocument = unwrapped(payload).type === 'object';
  const isText = unwrapped(payload).type === 'string';
  input[http.payload] = isDocument ? readElement(parseXml(request.text), { names, schema: payload, parent: '' }) : isText ? request.text : request.body;
  return input;
}

interface Reading {
  readonly names: XmlNames;
  readonly schema: unknown;
  readonly parent: string;
}

const elementName = (names: XmlNames, parent: string, member: string): string => names.elements[`${parent}.${member}`] ?? names.elements[member] ?? member;

/** An element as its schema wants it; members that the schema does not name are passed over. */
function readElement(element: XmlElement, { names, schema, parent }: Reading): unknown {
  const { type, shape } = unwrapped(schema);
  if (type !== 'object') return scalarOf(schema, element.text);
  const value: Record<string, unknown> = {};
  for (const [member, inner] of Object.entries(shape)) {
    const found = element.children.filter((child) => child.name === elementName(names, parent, member));
    const read = (child: XmlElement, wanted: unknown): unknown => readElement(child, { names, schema: wanted, parent: member });
    if (found.length === 0) continue;
    if (unwrapped(inner).type !== 'array') value[member] = read(found[0]!, inner);
    else value[member] = (names.wrapped[member] === undefined ? found : found.flatMap((child) => child.children)).map((child) => read(child, elementSchema(inner)));
  }
  return value;
}

/** The answer of an operation: headers, and bytes or a document. */
export function xmlAnswer({ model, http }: RestRoute, output: Readonly<Record<string, unknown>>): WireResponse & { readonly headers: Record<string, string> } {
  const names = namesOf(model);
  const { root, payload, headers: own = {} } = http.output ?? {};
  const headers: Record<string, string> = {};
  // A member that is in the document does not travel as a header too.
  for (const [name, member] of Object.entries(root === undefined || payload !== undefined ? { ...names.headers, ...own } : own)) {
    if (output[member] !== undefined && member !== payload) headers[name] = headerText(output[member]);
  }
  for (const [beginning, member] of Object.entries(names.prefixHeaders)) {
    for (const [name, value] of Object.entries((output[member] as Readonly<Record<string, string>> | undefined) ?? {})) headers[`${beginning}${name.toLowerCase()}`] = value;
  }
  const inHeaders = new Set(Object.values(own));
  const document = root === undefined ? undefined : payload === undefined ? Object.fromEntries(Object.entries(output).filter(([member]) => !inHeaders.has(member))) : output[payload];
  if (root !== undefined) {
    const text = `${XML_HEAD}<${root} xmlns="${names.namespace}">${members((document ?? {}) as object, { names, parent: '' })}</${root}>`;
    return { statusCode: http.status ?? 200, headers: { 'content-type': 'application/xml', ...headers }, body: bytesOfText(text) };
  }
  const body = payload === undefined ? undefined : output[payload];
  const statusCode = output['ContentRange'] === undefined ? (http.status ?? 200) : 206;
  return { statusCode, headers, body: typeof body === 'string' ? bytesOfText(body) : ((body as Uint8Array | undefined) ?? new Uint8Array(0)) };
}

const headerText = (value: unknown): string => (value instanceof Date ? value.toUTCString() : String(value));

function members(value: object, o: { readonly names: XmlNames; readonly parent: string }): string {
  return Object.entries(value).map(([member, inner]) => memberElements(member, inner, o)).join('');
}

function memberElements(member: string, value: unknown, { names, parent }: { readonly names: XmlNames; readonly parent: string }): string {
  if (value === undefined || value === null) return '';
  const name = elementName(names, parent, member);
  const one = (element: string, item: unknown): string => {
    if (item instanceof Date) return textElement(element, item.toISOString());
    return typeof item === 'object' && item !== null ? `<${element}>${members(item, { names, parent: member })}</${element}>` : textElement(element, String(item));
  };
  if (!Array.isArray(value)) return one(name, value);
  const wrapped = names.wrapped[member];
  return wrapped === undefined ? value.map((item) => one(name, item)).join('') : `<${name}>${value.map((item) => one(wrapped, item)).join('')}</${name}>`;
}

/** Whether an answer has no body by its nature. */
export const isBodiless = (http: HttpBinding | undefined, method: string): boolean => method === 'HEAD' || http?.status === 204;
