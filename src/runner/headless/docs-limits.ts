/** Reads the limits of a service off its file: every exported number, with the source that the comments name for it. */

export interface LimitSource {
  readonly service: string;
  /** Exported name → value. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The file as it is written. */
  readonly text: string;
}

export interface DocumentedLimit {
  /** `SQS.visibilityTimeoutSec.max`; its last word is the unit. */
  readonly name: string;
  /** Lists of numbers are text: `60, 120`. */
  readonly value: number | string;
  /** What the comment before it says, or the one at the head of the file. */
  readonly source: string;
  /** Whether the comment calls it a simplification. */
  readonly simplified: boolean;
}

/** In the order of the file. */
export function limitsOf({ values, text }: LimitSource): readonly DocumentedLimit[] {
  const head = sourceIn(/^\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? '');
  const order = [...text.matchAll(/^export const (\w+)/gm)].map(([, name]) => name!);
  return order.flatMap((name) => {
    const comment = commentBefore(text, name);
    const about = { source: sourceIn(comment) ?? head ?? '', simplified: comment.includes('@simplified') };
    return leaves(values[name], name).map((leaf) => ({ ...leaf, ...about }));
  });
}

/** The comment that ends right before an export; empty when there is none. */
function commentBefore(text: string, name: string): string {
  const before = text.slice(0, text.search(new RegExp(`^export const ${name}\\b`, 'm'))).trimEnd();
  if (!before.endsWith('*/')) return '';
  const comment = before.slice(before.lastIndexOf('/**'));
  // The head of the file speaks of all of it.
  return comment.length === before.length ? '' : comment;
}

function sourceIn(comment: string): string | undefined {
  return /@source\s+([\s\S]*?)(?:\*\/|@|$)/.exec(comment)?.[1]?.replace(/\s*\n\s*\*?\s*/g, ' ').trim();
}

function leaves(value: unknown, name: string): readonly { readonly name: string; readonly value: number | string }[] {
  if (typeof value === 'number') return [{ name, value }];
  if (Array.isArray(value)) return value.every((item) => typeof item === 'number') ? [{ name, value: value.join(', ') }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([member, inner]) => leaves(inner, `${name}.${member}`));
}
