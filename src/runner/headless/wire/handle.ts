/** AWS's wire protocols over a cloud: finds the service and the operation of an HTTP request, and answers as AWS's endpoint does. */
import { NotModelled } from '../../../sim/errors.ts';
import type { AnyServiceModel } from '../../../sim/service.ts';
import type { CloudError, CloudWorld } from '../../cloud.ts';
import { bytesOfText, fromJson, toJson } from './json-values.ts';
import { readRequest } from './messages.ts';
import type { ReadRequest, WireRequest, WireResponse } from './messages.ts';
import { restAnswer, restInput, routeOf } from './rest-json.ts';

type Protocol = NonNullable<AnyServiceModel['sdk']>['protocol'];

/** Never rejects for a failure that AWS would answer with: that is a response. What is not modelled answers 501. */
export async function handleWire(cloud: CloudWorld, models: readonly AnyServiceModel[], wire: WireRequest): Promise<WireResponse> {
  const request = readRequest(wire);
  const target = request.headers['x-amz-target'];
  const model = target === undefined ? serviceOf(models, request) : models.find((candidate) => candidate.sdk?.targetPrefix === target.split('.')[0]);
  const protocol = model?.sdk?.protocol ?? (target === undefined ? 'rest-json' : 'json-1.0');
  try {
    if (model === undefined && target !== undefined) throw new NotModelled('wire', `target ${target}`);
    if (target !== undefined && model !== undefined) return await viaTarget(cloud, model, target.slice(target.indexOf('.') + 1), request);
    if (protocol !== 'rest-json') throw new NotModelled(model?.id ?? 'wire', `${protocol} requests`, 'Use send().');
    return await viaPath(cloud, model === undefined ? models.filter((candidate) => candidate.sdk?.protocol === 'rest-json') : [model], request);
  } catch (error) {
    return failure(error, protocol);
  }
}

async function viaTarget(cloud: CloudWorld, model: AnyServiceModel, operation: string, request: ReadRequest): Promise<WireResponse> {
  const input = fromJson(bodyOf(request), new Set(model.sdk?.blobMembers));
  const output = (await cloud.send(model.id, operation, input as object)) as Readonly<Record<string, unknown>>;
  return {
    statusCode: 200,
    headers: { 'content-type': contentType(model.sdk!.protocol), 'x-amzn-requestid': requestIdOf(output) },
    body: bytesOfText(JSON.stringify(toJson(output))),
  };
}

async function viaPath(cloud: CloudWorld, models: readonly AnyServiceModel[], request: ReadRequest): Promise<WireResponse> {
  const route = routeOf(models, request.method, request.path);
  if (route === undefined) throw new NotModelled(models.length === 1 ? models[0]!.id : 'wire', `${request.method} ${request.path}`);
  const output = (await cloud.send(route.model.id, route.operation, restInput(route, request))) as Readonly<Record<string, unknown>>;
  const answer = restAnswer(route.http, output);
  return { ...answer, headers: { ...answer.headers, 'x-amzn-requestid': requestIdOf(output) } };
}

/** By the scope of the signature, else by the endpoint's host name; undefined when neither tells. */
function serviceOf(models: readonly AnyServiceModel[], request: ReadRequest): AnyServiceModel | undefined {
  const signed = /Credential=[^/]+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(request.headers['authorization'] ?? '')?.[1];
  const hosts = request.hostname.split(':')[0]!.split('.');
  const named = (name: string | undefined): AnyServiceModel | undefined => models.find((model) => name !== undefined && (model.id === name || model.sdk?.endpoint === name));
  return named(signed) ?? hosts.map(named).find((model) => model !== undefined);
}

/** `send` leaves it on every output, unseen. */
function requestIdOf(output: object): string {
  return (output as { readonly $metadata?: { readonly requestId: string } }).$metadata?.requestId ?? '';
}

function bodyOf(request: ReadRequest): unknown {
  return request.text === '' ? {} : JSON.parse(request.text);
}

function contentType(protocol: Protocol): string {
  return protocol === 'json-1.0' ? 'application/x-amz-json-1.0' : protocol === 'json-1.1' ? 'application/x-amz-json-1.1' : 'application/json';
}

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly statusCode: number;
  readonly requestId: string;
  /** Further members of the error's shape. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** What can be answered; anything else is a mistake of ours and is thrown on. */
function failureOf(error: unknown): Failure {
  if (error instanceof SyntaxError) return { name: 'SerializationException', message: 'The body is no JSON.', statusCode: 400, requestId: '', members: {} };
  if (error instanceof NotModelled) return { name: error.name, message: error.message, statusCode: 501, requestId: '', members: {} };
  if (!(error instanceof Error) || !('$metadata' in error)) throw error;
  const { $metadata } = error as CloudError;
  const members = Object.fromEntries(Object.entries(error).filter(([name]) => !name.startsWith('$') && name !== 'name'));
  return { name: error.name, message: error.message, statusCode: $metadata.httpStatusCode, requestId: $metadata.requestId, members };
}

/** An error as its protocol writes it: a status, a type, a message, and the members of its shape. */
function failure(error: unknown, protocol: Protocol): WireResponse {
  const { name, message, statusCode, requestId, members } = failureOf(error);
  const headers: Record<string, string> = { 'x-amzn-errortype': name, 'x-amzn-requestid': requestId };
  if (protocol === 'rest-xml' || protocol === 'query') {
    const inner = `<Error><Code>${name}</Code><Message>${escaped(message)}</Message></Error>`;
    const text = `<?xml version="1.0" encoding="UTF-8"?>\n${protocol === 'query' ? `<ErrorResponse>${inner}</ErrorResponse>` : inner}`;
    return { statusCode, headers: { ...headers, 'content-type': 'application/xml' }, body: bytesOfText(text) };
  }
  const { Code, Type, ...rest } = members;
  if (typeof Code === 'string') headers['x-amzn-query-error'] = `${Code};${String(Type)}`;
  const body = { __type: name, message, ...(protocol === 'rest-json' ? { Message: message } : {}), ...(typeof Code === 'string' ? rest : members) };
  return { statusCode, headers: { ...headers, 'content-type': contentType(protocol) }, body: bytesOfText(JSON.stringify(toJson(body))) };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
