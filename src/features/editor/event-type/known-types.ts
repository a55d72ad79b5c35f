/** Whether the declarations that the editor loads have a type by some name. */

/** @param texts declarations by path */
export function isDeclared(texts: Readonly<Record<string, string>>, type: string): boolean {
  const name = /^[\w$]+/.exec(type)?.[0];
  return name !== undefined && Object.values(texts).some((text) => new RegExp(`^export (?:interface|type) ${name.replace(/\$/g, '\\$&')}\\b`, 'm').test(text));
}
