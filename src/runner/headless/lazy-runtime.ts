/** A runtime that is brought up when the first handler starts, so that clouds without handler code cost nothing. */
import type { Runtime } from '../../sim/ports/runtime.ts';

/** `create` must be synchronous: a world does not wait. */
export function lazyRuntime(create: () => Runtime): Runtime {
  let runtime: Runtime | undefined;
  const made = (): Runtime => (runtime ??= create());
  return {
    start: (spec, input) => made().start(spec, input),
    resume: (image, stimulus, input) => made().resume(image, stimulus, input),
    release: (image) => runtime?.release(image),
  };
}
