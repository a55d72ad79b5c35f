/** REST-JSON: which operation a path means, where its members travel, and how its answer looks. */
import type { AnyServiceModel, HttpBinding } from '../../../sim/service.ts';
import { bytesOfText, fromJson, toJson } from './json-values.ts';
import type { ReadRequest, WireResponse } from './messages.ts';

export interface RestRoute {
  readonly model: AnyServiceModel;
  readonly operation: string;
  readonly http: HttpBinding;
  /** Members taken from the path. */
  readonly labels: Readonly<Record<string, string>>;
}

/** The operation of these models whose method and path fit; the one with the fewest labels when several do. */
export function routeOf(models: readonly AnyServiceModel[], method: string, path: string): RestRoute | undefined {
  const found: RestRoute[] = [];
  for (const model of models) {
    for (const [operation, { http }] of Object.entries(model.operations)) {
      const labels = http === undefined || http.method !== method ? undefined : labelsOf(http.uri, path);
      if (http !== undefined && labels !== undefined) found.push({ model, operation, http, labels });
    }
  }
  return found.sort((a, b) => Object.keys(a.labels).length - Object.keys(b.labels).length)[0];
}

function labelsOf(uri: string, path: string): Record<string, string> | undefined {
  const wanted = uri.split('/');
  const given = path.replace(/\/$/, '').split('/');
  const pattern = wanted.at(-1) === '' ? wanted.slice(0, -1) : wanted;
  if (pattern.length !== given.length) return undefined;
  const labels: Record<string, string> = {};
  for (const [i, part] of pattern.entries()) {
    const label = /^\{(\w+)\+?\}$/.exec(part)?.[1];
    if (label !== undefined && given[i] !== '') labels[label] = decodeURIComponent(given[i]!);
    else if (part !== given[i]) return undefined;
  }
  return labels;
}

/** The input of an operation from path, query, headers and body. @throws SyntaxError for a body that is no JSON */
export function restInput({ model, operation, http, labels }: RestRoute, request: ReadRequest): Record<string, unknown> {
  const input: Record<string, unknown> = { ...labels };
  const numbers = numericMembers(model.operations[operation]!.input);
  for (const [name, value] of Object.entries(request.query)) {
    const member = http.query?.[name] ?? name;
    input[member] = numbers.has(member) && /^-?\d+$/.test(value) ? Number(value) : value;
  }
  for (const [header, member] of Object.entries(http.headers ?? {})) if (request.headers[header] !== undefined) input[member] = request.headers[header];
  if (http.payload !== undefined) {
    if (request.body.length > 0) input[http.payload] = request.body;
  } else if (request.text !== '') Object.assign(input, fromJson(JSON.parse(request.text), new Set(model.sdk?.blobMembers)));
  return input;
}

export function restAnswer(http: HttpBinding, output: Readonly<Record<string, unknown>>): Omit<WireResponse, 'headers'> & { readonly headers: Record<string, string> } {
  const { headers: named = {}, payload, status } = http.output ?? {};
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  for (const [header, member] of Object.entries(named)) if (output[member] !== undefined) headers[header] = String(output[member]);
  const statusCode = status !== undefined && typeof output[status] === 'number' ? output[status] : (http.status ?? 200);
  if (payload !== undefined) return { statusCode, headers, body: (output[payload] as Uint8Array | undefined) ?? new Uint8Array(0) };
  return { statusCode, headers, body: statusCode === 204 ? new Uint8Array(0) : bytesOfText(JSON.stringify(toJson(output))) };
}

/** Members of an input schema that are numbers: a query holds only text. */
function numericMembers(schema: unknown): ReadonlySet<string> {
  const shape = (schema as { readonly shape?: Readonly<Record<string, unknown>> }).shape ?? {};
  return new Set(Object.entries(shape).flatMap(([name, member]) => (isNumeric(member) ? [name] : [])));
}
function isNumeric(schema: unknown): boolean {
  const definition = (schema as { readonly def?: { readonly type?: string; readonly innerType?: unknown } }).def;
  if (definition?.type === 'number' || definition?.type === 'int') return true;
  return definition?.innerType !== undefined && isNumeric(definition.innerType);
}
