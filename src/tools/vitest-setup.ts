/** Before any unit test: the metered engine is there. */
import { buildEngine } from '../sandbox/engine/build.mjs';

export default function setup(): void {
  buildEngine();
}
