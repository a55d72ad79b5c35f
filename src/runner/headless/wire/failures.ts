/** Failures as each protocol writes them: a status, a code, a message, and the members of the error's shape. */
import { NotModelled } from '../../../sim/errors.ts';
import type { AnyServiceModel } from '../../../sim/service.ts';
import type { CloudError } from '../../cloud.ts';
import { bytesOfText, toJson } from './json-values.ts';
import type { WireResponse } from './messages.ts';
import { namespaceOf } from './query.ts';
import { XML_HEAD, textElement } from './xml.ts';

export type Protocol = NonNullable<AnyServiceModel['sdk']>['protocol'];

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly statusCode: number;
  readonly requestId: string;
  /** Further members of the error's shape. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** What can be answered; anything else is a mistake of ours and is thrown on. */
function failureOf(error: unknown, protocol: Protocol): Failure {
  if (error instanceof SyntaxError) {
    const xml = protocol === 'rest-xml';
    return { name: xml ? 'MalformedXML' : 'SerializationException', message: xml ? 'The XML you provided was not well-formed or did not validate against our published schema' : 'The body cannot be read.', statusCode: 400, requestId: '', members: {} };
  }
  if (error instanceof NotModelled) return { name: error.name, message: error.message, statusCode: 501, requestId: '', members: {} };
  if (!(error instanceof Error) || !('$metadata' in error)) throw error;
  const { $metadata } = error as CloudError;
  const members = Object.fromEntries(Object.entries(error).filter(([name]) => !name.startsWith('$') && name !== 'name'));
  return { name: error.name, message: error.message, statusCode: $metadata.httpStatusCode, requestId: $metadata.requestId, members };
}

export function contentType(protocol: Protocol): string {
  return protocol === 'json-1.0' ? 'application/x-amz-json-1.0' : protocol === 'json-1.1' ? 'application/x-amz-json-1.1' : protocol === 'query' ? 'text/xml' : protocol === 'rest-xml' ? 'application/xml' : 'application/json';
}

/** @throws the error itself when it is none that AWS would answer with */
export function failure(error: unknown, o: { readonly protocol: Protocol; readonly model: AnyServiceModel | undefined; readonly method: string }): WireResponse {
  const answer = failureOf(error, o.protocol);
  if (o.protocol === 'query') return queryFailure(answer, o.model);
  return o.protocol === 'rest-xml' ? xmlFailure(answer, o.method) : jsonFailure(answer, o.protocol, o.model);
}

function queryFailure({ name, message, statusCode, requestId, members }: Failure, model: AnyServiceModel | undefined): WireResponse {
  const { Code = name, Type: _, ...rest } = members;
  const type = statusCode < 500 ? 'Sender' : 'Receiver';
  const flat = model?.sdk?.flatQuery;
  const error = `<Error>${textElement('Type', type)}${textElement('Code', String(Code))}${textElement('Message', flat?.texts[String(Code)] ?? message)}${scalars(rest)}${flat === undefined ? '' : '<Detail/>'}</Error>`;
  const root = model === undefined ? '<ErrorResponse>' : `<ErrorResponse xmlns="${namespaceOf(model)}">`;
  return { statusCode, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body: bytesOfText(`${XML_HEAD}${root}${error}${textElement('RequestId', requestId)}</ErrorResponse>`) };
}

/** A failed HEAD and a 304 have no body: the client reads the status. */
function xmlFailure({ name, message, statusCode, requestId, members }: Failure, method: string): WireResponse {
  const headers = { 'content-type': 'application/xml', 'x-amz-request-id': requestId };
  if (method === 'HEAD' || statusCode === 304) return { statusCode, headers, body: new Uint8Array(0) };
  const { Code, Type: _, ...rest } = members;
  const text = `${XML_HEAD}<Error>${textElement('Code', typeof Code === 'string' ? Code : name)}${textElement('Message', message)}${scalars(rest)}${textElement('RequestId', requestId)}</Error>`;
  return { statusCode, headers, body: bytesOfText(text) };
}

function scalars(members: Readonly<Record<string, unknown>>): string {
  return Object.entries(members).map(([name, value]) => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? textElement(name, String(value)) : '')).join('');
}

function jsonFailure({ name, message, statusCode, requestId, members }: Failure, protocol: Protocol, model: AnyServiceModel | undefined): WireResponse {
  const types = model?.sdk?.errorTypes;
  const type = types?.names[name] ?? name;
  const headers: Record<string, string> = { 'content-type': contentType(protocol), 'x-amzn-errortype': type, 'x-amzn-requestid': requestId };
  const { Code, Type, ...rest } = members;
  if (typeof Code === 'string') headers['x-amzn-query-error'] = `${Code};${String(Type)}`;
  const body = { __type: types === undefined ? type : `${types.namespace}#${type}`, message, ...(protocol === 'rest-json' ? { Message: message } : {}), ...(typeof Code === 'string' ? rest : members) };
  return { statusCode, headers, body: bytesOfText(JSON.stringify(toJson(body))) };
}
