/** The clip that ships with Coldstart: a real phone recording of a dog, by Joao Eriberto Mota Filho, CC BY-SA 4.0. */
import type { ClipRef } from './schema.ts';

export const SAMPLE_CLIP: ClipRef & { readonly path: string; readonly credit: string } = {
  name: 'dog-1080p.mp4',
  sha256: '452854e4dda040a3c487b39d87a0ba72267ab718a740fa0f90fc8034d82164ee',
  size: 2_539_811,
  /** Under the page's address. */
  path: 'clips/dog-1080p.mp4',
  credit: 'Joao Eriberto Mota Filho, CC BY-SA 4.0',
};
