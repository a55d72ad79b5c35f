import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

type Rgb = readonly [number, number, number];

/** Linear sRGB of an OKLCH colour, clipped to the screen's range. */
function linearRgb(lightness: number, chroma: number, hueDeg: number): Rgb {
  const hue = (hueDeg * Math.PI) / 180;
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** Colours of a theme, by role. */
function coloursOf(selector: string): Map<string, Rgb> {
  const start = css.indexOf(selector);
  const block = css.slice(start, css.indexOf('\n}', start));
  const colours = new Map<string, Rgb>();
  for (const [, role = '', l, c, h] of block.matchAll(/--([\w-]+):\s*oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)) {
    colours.set(role, linearRgb(Number(l), Number(c), Number(h)));
  }
  return colours;
}

function contrast([r1, g1, b1]: Rgb, [r2, g2, b2]: Rgb): number {
  const one = 0.2126 * r1 + 0.7152 * g1 + 0.0722 * b1;
  const two = 0.2126 * r2 + 0.7152 * g2 + 0.0722 * b2;
  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
}

const surfaces = ['canvas', 'chrome', 'card', 'well', 'raised', 'hover'];
const text = ['ink', 'ink-2', 'ink-3', 'now', 'k-object', 'k-event', 'k-message', 'k-invoke', 'cold', 'ok', 'warn', 'bad'];

describe.each([
  ['dark', ':root, [data-theme="dark"] {'],
  ['light', '[data-theme="light"] {'],
])('%s theme', (_, selector) => {
  const colours = coloursOf(selector);
  const of = (role: string): Rgb => {
    const colour = colours.get(role);
    if (colour === undefined) throw new Error(`no colour for ${role}`);
    return colour;
  };

  it('keeps every text role readable on every surface (WCAG AA, 4.5 : 1)', () => {
    const low = text.flatMap((role) => surfaces.filter((surface) => contrast(of(role), of(surface)) < 4.5).map((surface) => `${role} on ${surface}`));
    expect(low).toEqual([]);
  });

  it('keeps words on buttons readable', () => {
    expect(contrast(of('on-ink'), of('ink'))).toBeGreaterThan(7);
    expect(contrast(of('on-now'), of('now'))).toBeGreaterThan(4.5);
  });

  it('keeps the border of controls at 3 : 1, on a hovered surface at 2.9', () => {
    for (const surface of surfaces) expect(contrast(of('line-3'), of(surface))).toBeGreaterThan(surface === 'hover' ? 2.89 : 2.99);
  });

  it('keeps every kind readable on its own soft tile', () => {
    for (const kind of ['k-object', 'k-event', 'k-message', 'k-invoke', 'cold', 'warn', 'bad']) {
      expect(contrast(of(kind), of(`${kind}-soft`)), kind).toBeGreaterThan(4.5);
    }
  });
});
