/** Numbers as people read and type them here: digits grouped by commas, units after a non-breaking space. */

export const nbsp = '\u00a0';

/** 50000 → '50,000'; the fraction is left as it is. */
export function groupDigits(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const [whole = '', fraction] = String(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** What was typed, as a number: commas, spaces and a trailing unit are forgiven. Undefined when it is no number. */
export function parseNumber(text: string, unit?: string): number | undefined {
  let bare = text.trim();
  if (unit !== undefined && bare.toLowerCase().endsWith(unit.toLowerCase())) bare = bare.slice(0, bare.length - unit.length);
  bare = bare.replace(/[\s,\u00a0\u202f_]/g, '');
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(bare)) return undefined;
  return Number(bare);
}

/** '12.4 MB': value and unit that never part at a line's end. */
export function withUnit(value: number | string, unit: string): string {
  return `${typeof value === 'number' ? groupDigits(value) : value}${nbsp}${unit}`;
}
