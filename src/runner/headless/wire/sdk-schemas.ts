/** What an SDK client's own schemas say of its operations: for tests that compare a model with all of them. Tests only. */

type Simple = number | string;
type Shape = readonly [kind: number, namespace: string, name: string, traits: unknown, ...rest: readonly unknown[]];
type Type = Simple | Shape | (() => Type) | readonly [Type, unknown];

export interface SdkOperation {
  readonly name: string;
  /** Method, path and status, of REST clients. */
  readonly http: readonly [method: string, uri: string, status: number] | undefined;
  readonly members: readonly { readonly name: string; readonly query: string | undefined; readonly header: string | undefined }[];
  /** An input with every member that must be there, of the right type and without a meaning. */
  readonly leastInput: () => Record<string, unknown>;
}

const [LIST, MAP, STRUCTURE, OPERATION] = [1, 2, 3, 9];

/** Exports of a client package that end in `$` are schemas. */
export function sdkOperations(sdk: object): readonly SdkOperation[] {
  return Object.entries(sdk).flatMap(([key, value]: [string, unknown]) => (key.endsWith('$') && Array.isArray(value) && value[0] === OPERATION ? [operationOf(value as unknown as Shape)] : []));
}

function operationOf([, , name, traits, input]: Shape): SdkOperation {
  const { http } = (traits === 0 ? {} : traits) as { readonly http?: SdkOperation['http'] };
  const shape = resolved(input as Type) as Shape;
  const [names = [], types = []] = shape.slice(4) as unknown as [string[] | undefined, Type[] | undefined];
  return {
    name,
    http,
    members: names.map((member, i) => {
      const traitsOf = (Array.isArray(types[i]) && typeof types[i][1] === 'object' ? types[i][1] : {}) as { readonly hQ?: string; readonly hH?: string; readonly httpQuery?: string; readonly httpHeader?: string };
      return { name: member, query: traitsOf.hQ ?? traitsOf.httpQuery, header: traitsOf.hH ?? traitsOf.httpHeader };
    }),
    leastInput: () => leastOf(shape) as Record<string, unknown>,
  };
}

const resolved = (type: Type): Type => (typeof type === 'function' ? resolved(type()) : type);

function leastOf(type: Type): unknown {
  const it = resolved(type);
  if (typeof it === 'number') return it >= 128 ? { x: leastOf(it - 128) } : it >= 64 ? [leastOf(it - 64)] : it === 1 || it === 17 ? 1 : it === 2 ? true : it >= 4 && it <= 7 ? new Date(0) : it === 21 || it === 42 ? new Uint8Array([120]) : 'x';
  if (typeof it === 'string') return 'x';
  const list = it as readonly unknown[];
  if (list.length === 2) return leastOf(list[0] as Type);
  const shape = it as Shape;
  if (shape[0] === LIST) return [leastOf(shape[4] as Type)];
  if (shape[0] === MAP) return { x: leastOf(shape[5] as Type) };
  if (shape[0] !== STRUCTURE) return 'x';
  const [, , , , names, types, required = 0] = shape as unknown as [unknown, unknown, unknown, unknown, string[], Type[], number | undefined];
  return Object.fromEntries(names.slice(0, required).map((name, i) => [name, leastOf(types[i]!)]));
}
