/** The shapes of what travels, as SVG paths round (0, 0) in a 22 px square; the same strings are drawn as SVG and on a 2D canvas. */

/** object: square, event: diamond, message: hexagon, invocation: arrow tag that points where it goes. */
export type TokenKind = 'object' | 'event' | 'message' | 'invocation';

/** Whole shapes. */
export const tokenPaths: Readonly<Record<TokenKind, string>> = {
  object: 'M-5-8H5Q8-8 8-5V5Q8 8 5 8H-5Q-8 8-8 5V-5Q-8-8-5-8z',
  event: 'M0-10L10 0 0 10-10 0z',
  message: 'M-9-4.5L0-9 9-4.5V4.5L0 9-9 4.5z',
  invocation: 'M-7.2-9H.9L10 0 .9 9H-7.2z',
};

/** The same with a small notch: a copy of something delivered before. */
export const copyPaths: Readonly<Record<TokenKind, string>> = {
  object: 'M-5-8H5Q8-8 8-5V5Q8 8 5 8H3L0 5-3 8H-5Q-8 8-8 5V-5Q-8-8-5-8z',
  event: 'M0-10L10 0 3.2 6.8 0 4.6-3.2 6.8-10 0z',
  message: 'M-9-4.5L0-9 9-4.5V4.5L3.4 7.3 0 4.9-3.4 7.3-9 4.5z',
  invocation: 'M-7.2-9H.9L10 0 .9 9H-7.2V3L-4.4 0-7.2-3z',
};

/** How much larger than the shape its canvas-coloured halo is. */
export const haloScale = 1.32;
/** Baseline of the digit below the middle, px, at a 10 px font. */
export const digitBaseline = 3.6;

/** The digit inside: the attempt, from 2 on, and from 1 for invocations. */
export function attemptDigit(kind: TokenKind, attempt: number): string | undefined {
  return attempt >= 2 || (kind === 'invocation' && attempt === 1) ? String(attempt) : undefined;
}
