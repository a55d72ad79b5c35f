/** Reads untyped text (XML, forms, query strings, headers) as what an operation's input schema wants: numbers, booleans, lists, maps. */
import { base64Decode } from '../../../base/base64.ts';

interface Definition {
  readonly type?: string;
  readonly innerType?: unknown;
  readonly element?: unknown;
  readonly valueType?: unknown;
  readonly options?: readonly unknown[];
  readonly in?: unknown;
}

/** A schema without its optional, default and pipe wrappers. */
export function unwrapped(schema: unknown): { readonly type: string; readonly definition: Definition; readonly shape: Readonly<Record<string, unknown>> } {
  const definition = (schema as { readonly def?: Definition } | undefined)?.def ?? {};
  const inner = definition.innerType ?? (definition.type === 'pipe' ? definition.in : undefined);
  if (inner !== undefined) return unwrapped(inner);
  return { type: definition.type ?? '', definition, shape: (schema as { readonly shape?: Readonly<Record<string, unknown>> } | undefined)?.shape ?? {} };
}

/** Text as the value that the schema wants; text that does not fit stays text, and the operation refuses it. */
export function scalarOf(schema: unknown, text: string): unknown {
  const { type, definition } = unwrapped(schema);
  const trimmed = text.trim();
  if (type === 'number' && /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(trimmed)) return Number(trimmed);
  if (type === 'boolean' && /^(true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === 'true';
  if (type === 'union') {
    for (const option of definition.options ?? []) {
      const value = scalarOf(option, text);
      if (value !== text || unwrapped(option).type === 'string') return value;
    }
  }
  return text;
}

/** The schema of an object's member. */
export function memberSchema(schema: unknown, member: string): unknown {
  const { type, shape, definition } = unwrapped(schema);
  return type === 'record' ? definition.valueType : shape[member];
}

export function elementSchema(schema: unknown): unknown {
  return unwrapped(schema).definition.element;
}

/** A tree of texts, lists and objects as the schema wants it. */
export function typed(schema: unknown, value: unknown, o: { readonly blobMembers: ReadonlySet<string>; readonly member?: string }): unknown {
  const { type } = unwrapped(schema);
  if (typeof value === 'string') {
    if (o.blobMembers.has(o.member ?? '')) return base64Decode(value);
    if (value === '' && type === 'array') return [];
    if (value === '' && (type === 'object' || type === 'record')) return {};
    return scalarOf(schema, value);
  }
  if (Array.isArray(value)) return value.map((item) => typed(elementSchema(schema), item, o));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, typed(memberSchema(schema, member), inner, { ...o, member })]));
}
