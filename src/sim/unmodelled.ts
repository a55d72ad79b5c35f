/** Members of an input that AWS takes and a model does not: named in its schema, so that none is passed over in silence. */
import { z } from 'zod';
import { NotModelled } from './errors.ts';

/** Schema members for what a model refuses by name. */
export function unmodelled<Name extends string>(names: readonly Name[]): Record<Name, z.ZodOptional<z.ZodUnknown>> {
  return Object.fromEntries(names.map((name) => [name, z.unknown().optional()])) as Record<Name, z.ZodOptional<z.ZodUnknown>>;
}

/** @throws NotModelled when one of them is set to anything but nothing */
export function refuseMembers(service: string, input: object, names: readonly string[]): void {
  for (const name of names) {
    const value = (input as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined && value !== null && value !== false && value !== '' && !(Array.isArray(value) && value.length === 0)) throw new NotModelled(service, name);
  }
}
