/** Draws tokens on a 2D canvas with the shapes that TokenShape shows as SVG. Knows no React and keeps no state but the parsed paths. */
import { copyPaths, digitBaseline, haloScale, type TokenKind, tokenPaths } from './token-paths.ts';

export interface TokenDrawing {
  readonly shape: TokenKind;
  /** Centre, in the units of the context's current transform. */
  readonly x: number;
  readonly y: number;
  /** Radians, 0 to the right; only the arrow tag turns, its digit stays upright. */
  readonly angle: number;
  readonly digit?: string | undefined;
  /** Computed colours: a canvas knows no CSS variables. */
  readonly color: string;
  /** Colour of the canvas below; also the colour of the digit. */
  readonly halo: string;
  readonly copy?: boolean;
  /** More than 1 writes `×n` beside it, in `ink`. */
  readonly count?: number;
  readonly ink?: string;
  /** 0 to 1; default 1. */
  readonly opacity?: number;
  /** Default 1 (18 px). */
  readonly scale?: number;
}

/** Font of digits and counts, set by the page's own face. */
const digitFont = '650 10px "Inter Variable", Inter, system-ui, sans-serif';

const parsed = new Map<string, Path2D>();

function pathOf(kind: TokenKind, copy: boolean): Path2D {
  const text = (copy ? copyPaths : tokenPaths)[kind];
  let path = parsed.get(text);
  if (path === undefined) {
    path = new Path2D(text);
    parsed.set(text, path);
  }
  return path;
}

/** Draws one token; leaves the context as it found it. */
export function drawToken(ctx: CanvasRenderingContext2D, token: TokenDrawing): void {
  const { shape, x, y, angle, digit, color, halo, copy = false, count = 1, ink = color, opacity = 1, scale = 1 } = token;
  const path = pathOf(shape, copy);
  ctx.save();
  ctx.translate(x, y);
  if (scale !== 1) ctx.scale(scale, scale);
  ctx.globalAlpha *= opacity;
  ctx.save();
  if (shape === 'invocation') ctx.rotate(angle);
  ctx.save();
  ctx.scale(haloScale, haloScale);
  ctx.fillStyle = halo;
  ctx.fill(pathOf(shape, false));
  ctx.restore();
  ctx.fillStyle = color;
  ctx.fill(path);
  ctx.restore();
  if (digit !== undefined || count > 1) {
    ctx.font = digitFont;
    ctx.textBaseline = 'alphabetic';
  }
  if (digit !== undefined) {
    ctx.textAlign = 'center';
    ctx.fillStyle = halo;
    ctx.fillText(digit, 0, digitBaseline);
  }
  if (count > 1) {
    ctx.textAlign = 'left';
    ctx.fillStyle = ink;
    ctx.fillText(`×${count}`, 13, digitBaseline);
  }
  ctx.restore();
}
