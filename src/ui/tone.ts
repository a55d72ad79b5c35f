/** The names of colour roles a component may take; the colours themselves are in tokens.css. */

/** Kinds of things that travel or are stored. Each has its own shape as well as its colour. `client` and `plain` are ink. */
export type KindTone = 'object' | 'event' | 'message' | 'invocation' | 'client' | 'plain';

/** States. Each is shown with a glyph and a word as well. */
export type StateTone = 'now' | 'cold' | 'ok' | 'warn' | 'bad';

export type Tone = KindTone | StateTone;

const colourVariables: Readonly<Record<Tone, string>> = {
  object: '--k-object',
  event: '--k-event',
  message: '--k-message',
  invocation: '--k-invoke',
  client: '--ink-2',
  plain: '--ink-2',
  now: '--now',
  cold: '--cold',
  ok: '--ok',
  warn: '--warn',
  bad: '--bad',
};

/** The CSS colour of a tone, for SVG attributes and inline styles. */
export function toneColour(tone: Tone): string {
  return `var(${colourVariables[tone]})`;
}

/** The colour of a tone as it computes on an element now, for a 2D canvas; ask again when the theme changes. */
export function computedTone(element: Element, tone: Tone): string {
  return getComputedStyle(element).getPropertyValue(colourVariables[tone]).trim();
}
