/** Reads a settings schema: which fields it has, of what kind, with their words, units and limits. All that a form needs to know. */
import type { z } from 'zod';

export type FieldKind =
  | { readonly kind: 'number'; readonly min: number | undefined; readonly max: number | undefined; readonly step: number }
  | { readonly kind: 'text' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'switch' }
  /** Names and values, both text. */
  | { readonly kind: 'map' }
  /** Any of a few. */
  | { readonly kind: 'choices'; readonly options: readonly string[] }
  | { readonly kind: 'texts' }
  /** `blank`: what a new one begins as; null when the schema has no defaults for it. */
  | { readonly kind: 'records'; readonly fields: readonly FieldDescription[]; readonly blank: Readonly<Record<string, unknown>> | null }
  /** Nothing that a control exists for: edited as JSON. */
  | { readonly kind: 'json' };

export interface FieldDescription {
  readonly member: string;
  readonly label: string;
  readonly unit: string | undefined;
  readonly help: string | undefined;
  readonly group: string;
  /** `slider`, `json`, `variables`: how the schema wants to be edited. */
  readonly control: string | undefined;
  /** May be empty: undefined, or null where the schema has null for nothing. */
  readonly empty: 'no' | 'undefined' | 'null';
  readonly type: FieldKind;
  /** Why a value is refused, in the schema's words; null when it is fine. */
  readonly refusal: (value: unknown) => string | null;
}

export interface FieldGroup {
  readonly title: string;
  readonly fields: readonly FieldDescription[];
}

/** Groups in the order in which they first appear. */
export function groupsOf(schema: z.ZodObject): readonly FieldGroup[] {
  const groups = new Map<string, FieldDescription[]>();
  for (const field of fieldsOf(schema)) groups.set(field.group, [...(groups.get(field.group) ?? []), field]);
  return [...groups].map(([title, fields]) => ({ title, fields }));
}

export function fieldsOf(schema: z.ZodObject): readonly FieldDescription[] {
  return Object.entries(schema.shape).map(([member, type]) => describe(member, type as z.ZodType));
}

function describe(member: string, outer: z.ZodType): FieldDescription {
  const meta: Record<string, unknown> = {};
  let empty: FieldDescription['empty'] = 'no';
  let type = outer;
  for (;;) {
    for (const [name, value] of Object.entries(type.meta() ?? {})) meta[name] ??= value;
    const def = type.def as { readonly type: string; readonly innerType?: z.ZodType };
    if (def.type === 'optional') empty = 'undefined';
    if (def.type === 'nullable') empty = 'null';
    if (def.innerType === undefined) break;
    type = def.innerType;
  }
  const text = (name: string): string | undefined => (typeof meta[name] === 'string' ? meta[name] : undefined);
  return {
    member,
    label: text('label') ?? words(member),
    unit: text('unit') ?? /(?:^|[a-z])(Ms|Sec)$/.exec(member)?.[1]?.toLowerCase().replace('sec', 's'),
    help: text('help'),
    group: text('group') ?? '',
    control: text('control'),
    empty,
    type: kindOf(type),
    refusal: (value) => {
      const parsed = outer.safeParse(value);
      return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'This value does not fit.');
    },
  };
}

function kindOf(type: z.ZodType): FieldKind {
  const { def } = type as unknown as {
    readonly def: {
      readonly type: string;
      readonly entries?: Readonly<Record<string, string>>;
      readonly values?: readonly unknown[];
      readonly element?: z.ZodType;
      readonly valueType?: z.ZodType;
      readonly shape?: object;
    };
  };
  switch (def.type) {
    case 'number': {
      const { minValue, maxValue, isInt } = type as z.ZodNumber;
      return { kind: 'number', min: bound(minValue), max: bound(maxValue), step: isInt ? 1 : 0.1 };
    }
    case 'string':
      return { kind: 'text' };
    case 'enum':
      return { kind: 'choice', options: Object.values(def.entries ?? {}) };
    case 'literal':
      return { kind: 'choice', options: (def.values ?? []).map(String) };
    case 'boolean':
      return { kind: 'switch' };
    case 'record':
      return typeOf(def.valueType) === 'string' ? { kind: 'map' } : { kind: 'json' };
    case 'array': {
      const element = def.element as z.ZodType;
      if (typeOf(element) === 'string') return { kind: 'texts' };
      if (typeOf(element) === 'object') return { kind: 'records', fields: fieldsOf(element as z.ZodObject), blank: blankOf(element as z.ZodObject) };
      const inner = kindOf(element);
      return inner.kind === 'choice' ? { kind: 'choices', options: inner.options } : { kind: 'json' };
    }
    default:
      return { kind: 'json' };
  }
}

function blankOf(record: z.ZodObject): Readonly<Record<string, unknown>> | null {
  const parsed = record.safeParse({});
  return parsed.success ? parsed.data : null;
}

function typeOf(type: z.ZodType | undefined): string | undefined {
  return type?.def.type;
}

/** The limits that every whole number has say nothing to people. */
function bound(value: number | null | undefined): number | undefined {
  return value === null || value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value;
}

/** `maxReceiveCount` → 'Max receive count'. */
function words(member: string): string {
  const spaced = member
    .replace(/(Ms|Sec)$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
