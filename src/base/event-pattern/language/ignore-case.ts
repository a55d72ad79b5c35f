/** Comparison without regard to case as the engine does it: character by character, lower or upper form of the pattern's character. */

/** One text that may be compared with values; made once for each pattern. */
export interface FoldedText {
  readonly text: string;
  /** For each UTF-16 unit of the pattern the texts that stand for it; one for unit without case. */
  readonly forms: readonly (readonly string[])[];
  /** Lower-case text when the pattern is ASCII: then a value matches only if it is ASCII and folds to the same. */
  readonly ascii: string | undefined;
}

export function foldText(text: string): FoldedText {
  const forms: (readonly string[])[] = [];
  let isAscii = true;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charAt(i);
    if (unit > '\x7f') isAscii = false;
    forms.push([...new Set([unit.toLowerCase(), unit.toUpperCase()])]);
  }
  return { text, forms, ascii: isAscii ? text.toLowerCase() : undefined };
}

export function equalsFolded(folded: FoldedText, value: string): boolean {
  if (folded.ascii !== undefined && value.length !== folded.ascii.length) return false;
  return endsAfter(folded, value, 0).includes(value.length);
}

export function startsWithFolded(folded: FoldedText, value: string): boolean {
  return endsAfter(folded, value, 0).length > 0;
}

export function endsWithFolded(folded: FoldedText, value: string): boolean {
  if (folded.ascii !== undefined) {
    return value.length >= folded.ascii.length && endsAfter(folded, value, value.length - folded.ascii.length).length > 0;
  }
  for (let start = value.length; start >= 0; start -= 1) if (endsAfter(folded, value, start).includes(value.length)) return true;
  return false;
}

/** Where in `value` the whole pattern can end when it begins at `start`; forms may differ in length. */
function endsAfter(folded: FoldedText, value: string, start: number): readonly number[] {
  let ends: number[] = [start];
  for (const forms of folded.forms) {
    const next: number[] = [];
    for (const at of ends) {
      for (const form of forms) {
        if (value.startsWith(form, at) && !next.includes(at + form.length)) next.push(at + form.length);
      }
    }
    if (next.length === 0) return next;
    ends = next;
  }
  return ends;
}
