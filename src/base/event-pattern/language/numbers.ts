/** Numbers as the engine compares them: by value where the text says exactly what a double holds, else only by their text. */

/** A number of an event whose text no double holds exactly enough; it equals only the same text. */
export class RawNumber {
  readonly literal: string;

  constructor(literal: string) {
    this.literal = literal;
  }
}

/**
 * The double that a JSON number's text stands for, or undefined when the text has more digits than the double keeps.
 * @source aws/event-ruler ComparableNumber: compares the text with the shortest decimal of its double
 */
export function comparableNumber(literal: string): number | undefined {
  const value = Number(literal);
  if (!Number.isFinite(value)) return undefined;
  return decimal(literal) === decimal(String(value)) ? value + 0 : undefined;
}

/** A decimal in one form: sign, digits without zeros at the ends, exponent of the point. */
function decimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = whole + fraction;
  const lead = /^0*/.exec(digits)?.[0].length ?? 0;
  const significant = digits.slice(lead).replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign === '-' ? '-' : ''}${significant}e${whole.length - lead + Number(exponent)}`;
}
