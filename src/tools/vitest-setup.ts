/** Before any unit test: the metered engine and the guest's prelude are there. */
import { buildEngine } from '../sandbox/engine/build.mjs';
import { buildGuest } from '../sandbox/guest/build.mjs';

export default async function setup(): Promise<void> {
  buildEngine();
  await buildGuest();
}
