/** REST-JSON: where the members of an operation travel, and how its answer looks. */
import type { HttpBinding } from '../../../sim/service.ts';
import { bytesOfText, fromJson, toJson } from './json-values.ts';
import type { ReadRequest, WireResponse } from './messages.ts';
import type { RestRoute } from './routes.ts';
import { memberSchema, scalarOf } from './schema-values.ts';

/** The input of an operation from path, query, headers and body. @throws SyntaxError for a body that is no JSON */
export function restInput({ model, operation, http, labels }: RestRoute, request: ReadRequest): Record<string, unknown> {
  const input: Record<string, unknown> = { ...labels };
  const schema = model.operations[operation]!.input;
  for (const [name, value] of Object.entries(request.query)) {
    const member = http.query?.[name] ?? name;
    input[member] = scalarOf(memberSchema(schema, member), value);
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
