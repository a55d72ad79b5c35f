/** Placeholder frames for clips that have no picture yet: one drawing in a few palettes, chosen by a seed so that a clip keeps its own. */

export interface ThumbPalette {
  readonly sky: string;
  readonly glow: string;
  readonly sun: string;
  readonly sunX: number;
  readonly hills: string;
  readonly water: string;
}

export const thumbPalettes = {
  dusk: { sky: '#2b5c74', glow: '#e9b872', sun: '#f6e3bd', sunX: 68, hills: '#17384a', water: '#0f2936' },
  night: { sky: '#18283f', glow: '#46638a', sun: '#f3d9a0', sunX: 68, hills: '#101c2f', water: '#0a1422' },
  mist: { sky: '#6d93a4', glow: '#d9e4e3', sun: '#ffffff', sunX: 24, hills: '#3f6673', water: '#24454f' },
  ember: { sky: '#b7653f', glow: '#f0c08a', sun: '#fff1d0', sunX: 68, hills: '#6b3a34', water: '#3a2429' },
} as const satisfies Readonly<Record<string, ThumbPalette>>;

export type ThumbPaletteName = keyof typeof thumbPalettes;

const names: readonly ThumbPaletteName[] = ['dusk', 'mist', 'ember', 'night'];

/** The palette of a seed, always the same one (FNV-1a over its characters). */
export function paletteOf(seed: string): ThumbPaletteName {
  let hash = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193) >>> 0;
  return names[hash % names.length] ?? 'dusk';
}
