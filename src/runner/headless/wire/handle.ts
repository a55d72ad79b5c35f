/** AWS's wire protocols over a cloud: finds the service and the operation of an HTTP request, and answers as AWS's endpoint does. */
import { NotModelled } from '../../../sim/errors.ts';
import type { Credentials } from '../../../sim/principal.ts';
import type { AnyServiceModel } from '../../../sim/service.ts';
import type { CloudWorld } from '../../cloud.ts';
import { contentType, failure } from './failures.ts';
import { bytesOfText, fromJson, toJson } from './json-values.ts';
import { readRequest } from './messages.ts';
import type { ReadRequest, WireRequest, WireResponse } from './messages.ts';
import { formOf, queryAnswer, queryCall, readsForms } from './query.ts';
import { restAnswer, restInput } from './rest-json.ts';
import { isBodiless, xmlAnswer, xmlInput, xmlRoute } from './rest-xml.ts';
import { routeOf, unmodelledRouteOf } from './routes.ts';

type Output = Readonly<Record<string, unknown>>;

/** Never rejects for a failure that AWS would answer with: that is a response. What is not modelled answers 501. */
export async function handleWire(cloud: CloudWorld, models: readonly AnyServiceModel[], wire: WireRequest): Promise<WireResponse> {
  const isForm = /^application\/x-www-form-urlencoded/.test(headerOf(wire, 'content-type'));
  const target = headerOf(wire, 'x-amz-target');
  let protocol: Parameters<typeof failure>[1]['protocol'] = target !== '' ? 'json-1.0' : isForm ? 'query' : 'rest-json';
  let model: AnyServiceModel | undefined;
  try {
    const request = await readRequest(wire);
    model = target === '' ? serviceOf(models, request) : models.find((candidate) => candidate.sdk?.targetPrefix === target.split('.')[0]);
    if (model === undefined && (target !== '' || isForm)) throw new NotModelled('wire', target === '' ? `requests to ${request.hostname}` : `target ${target}`);
    const hasForm = isForm || (request.method === 'GET' && request.query['Action'] !== undefined && readsForms(model));
    protocol = hasForm && target === '' ? 'query' : (model?.sdk?.protocol ?? protocol);
    if (target !== '') return await viaTarget(cloud, model!, target.slice(target.indexOf('.') + 1), request);
    if (hasForm) return await viaForm(cloud, model!, request);
    if (model !== undefined && protocol === 'rest-xml') return await viaXml(cloud, model, request);
    if (protocol !== 'rest-json') throw new NotModelled(model?.id ?? 'wire', `${request.method} requests without ${protocol === 'query' ? 'a form' : 'X-Amz-Target'}`);
    return await viaPath(cloud, model === undefined ? models.filter((candidate) => candidate.sdk?.protocol === 'rest-json') : [model], request);
  } catch (error) {
    return failure(error, { protocol, model, method: wire.method.toUpperCase() });
  }
}

function headerOf(wire: WireRequest, name: string): string {
  return String(Object.entries(wire.headers).find(([given]) => given.toLowerCase() === name)?.[1] ?? '');
}

async function viaTarget(cloud: CloudWorld, model: AnyServiceModel, operation: string, request: ReadRequest): Promise<WireResponse> {
  const body: unknown = request.text === '' ? {} : JSON.parse(request.text);
  const output = await send(cloud, { model: model!, operation, request }, fromJson(body, new Set(model.sdk?.blobMembers)) as object);
  return { statusCode: 200, headers: { 'content-type': contentType(model.sdk!.protocol), 'x-amzn-requestid': requestIdOf(output) }, body: bytesOfText(JSON.stringify(toJson(output))) };
}

async function viaForm(cloud: CloudWorld, model: AnyServiceModel, request: ReadRequest): Promise<WireResponse> {
  if (!readsForms(model)) throw new NotModelled(model.id, 'requests of the older query protocol', 'Use a client that speaks JSON.');
  const { operation, input } = queryCall(model, formOf(request), request.path === '/' ? undefined : `https://${request.hostname}${request.path.replace(/\/$/, '')}`);
  const output = await send(cloud, { model, operation, request }, input);
  const requestId = requestIdOf(output);
  return { statusCode: 200, headers: { 'content-type': contentType('query'), 'x-amzn-requestid': requestId }, body: bytesOfText(queryAnswer(model, operation, { output, requestId })) };
}

async function viaXml(cloud: CloudWorld, model: AnyServiceModel, request: ReadRequest): Promise<WireResponse> {
  const route = xmlRoute(model, request);
  const output = await send(cloud, { model, operation: route.operation, request }, xmlInput(route, request));
  const answer = xmlAnswer(route, output);
  const headers: Record<string, string> = { ...answer.headers, 'x-amz-request-id': requestIdOf(output) };
  if (isBodiless(route.http, request.method)) return { ...answer, headers, body: new Uint8Array(0) };
  return { ...answer, headers: { ...headers, 'content-length': String(answer.body.length) } };
}

async function viaPath(cloud: CloudWorld, models: readonly AnyServiceModel[], request: ReadRequest): Promise<WireResponse> {
  const route = routeOf(models, request);
  if (route === undefined) {
    const known = unmodelledRouteOf(models, request);
    throw known === undefined ? new NotModelled(models.length === 1 ? models[0]!.id : 'wire', `${request.method} ${request.path}`) : new NotModelled(known.service, known.operation);
  }
  const output = await send(cloud, { model: route.model, operation: route.operation, request }, restInput(route, request));
  const answer = restAnswer(route.http, output);
  return { ...answer, headers: { ...answer.headers, 'x-amzn-requestid': requestIdOf(output) } };
}

interface Asked {
  readonly model: AnyServiceModel;
  readonly operation: string;
  readonly request: ReadRequest;
}

async function send(cloud: CloudWorld, { model, operation, request }: Asked, input: object): Promise<Output> {
  const as = temporaryCredentials(request);
  return (await cloud.send(model.id, operation, input, as === undefined ? {} : { as })) as Output;
}

/** Keys that begin so are temporary ones, which STS gave out; whoever signs with another is the administrator. @source AWS IAM user guide, unique ids (recalled) */
const TEMPORARY = /Credential=(ASIA[^/]*)\//;

function temporaryCredentials({ headers }: ReadRequest): Credentials | undefined {
  const accessKeyId = TEMPORARY.exec(headers['authorization'] ?? '')?.[1];
  const sessionToken = headers['x-amz-security-token'];
  return accessKeyId === undefined ? undefined : { accessKeyId, ...(sessionToken === undefined ? {} : { sessionToken }) };
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
