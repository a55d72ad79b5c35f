/** Canonical JSON text (RFC 8785) of plain data: equal data gives equal text, whatever the order in which it was built. */

/**
 * The canonical text: keys sorted by UTF-16 code units, no white space, properties with the value undefined left out.
 *
 * Numbers must be integers, so that a hash over the text never hangs on a fraction's last digit; `fractions: true` lifts that.
 * Unlike the RFC, a lone surrogate is no error: it is written as its \u escape, because users' handlers may print anything.
 * @throws TypeError that names the path of the first offender: a fraction, NaN, Infinity, undefined in an array, a function, a class instance.
 */
export function canonicalJson(value: unknown, o: { readonly fractions?: boolean } = {}): string {
  return write(value, o.fractions === true, []);
}

type Path = (string | number)[];

function write(value: unknown, fractions: boolean, path: Path): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isFinite(value) || (!fractions && !Number.isInteger(value))) fail(path, `${value} is no ${fractions ? 'finite number' : 'integer'}`);
      return String(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? writeArray(value, fractions, path) : writeObject(value, fractions, path);
    default:
      return fail(path, `a value of type ${typeof value} is no JSON`);
  }
}

function writeArray(items: readonly unknown[], fractions: boolean, path: Path): string {
  let text = '[';
  for (let i = 0; i < items.length; i += 1) {
    path.push(i);
    text += (i === 0 ? '' : ',') + write(items[i], fractions, path);
    path.pop();
  }
  return `${text}]`;
}

function writeObject(value: object, fractions: boolean, path: Path): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    fail(path, `a ${(value.constructor as { name?: string } | undefined)?.name ?? 'class instance'} is no plain data`);
  }
  const record = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of Object.keys(record).sort()) {
    const item = record[key];
    if (item === undefined) continue;
    path.push(key);
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${write(item, fractions, path)}`;
    path.pop();
  }
  return `{${text}}`;
}

function fail(path: Path, reason: string): never {
  const where = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  throw new TypeError(`canonical JSON: ${reason}, at $${where}`);
}
