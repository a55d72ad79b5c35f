/** An SVG path as points at equal distances, so that a frame costs no path arithmetic. */

/** x, y pairs. */
export type PathSamples = Float32Array;

const POINTS = 48;

export function samplePath(path: Pick<SVGGeometryElement, 'getTotalLength' | 'getPointAtLength'>): PathSamples {
  const length = path.getTotalLength();
  const samples = new Float32Array((POINTS + 1) * 2);
  for (let i = 0; i <= POINTS; i++) {
    const point = path.getPointAtLength((length * i) / POINTS);
    samples[i * 2] = point.x;
    samples[i * 2 + 1] = point.y;
  }
  return samples;
}

/** Position and direction (radians) at a share of the path's length, 0 to 1. */
export function pointAt(samples: PathSamples, progress: number): { readonly x: number; readonly y: number; readonly angle: number } {
  const last = samples.length / 2 - 1;
  const exact = Math.min(Math.max(progress, 0), 1) * last;
  const i = Math.min(Math.floor(exact), last - 1);
  const part = exact - i;
  const x0 = samples[i * 2]!;
  const y0 = samples[i * 2 + 1]!;
  const x1 = samples[i * 2 + 2]!;
  const y1 = samples[i * 2 + 3]!;
  return { x: x0 + (x1 - x0) * part, y: y0 + (y1 - y0) * part, angle: Math.atan2(y1 - y0, x1 - x0) };
}
