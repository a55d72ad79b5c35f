/** Serves the built page on the given port, for the end-to-end tests. */
import { join } from 'node:path';
import { serve } from './serve.mjs';

await serve(join(import.meta.dirname, '..', '..', 'dist'), Number(process.argv[2]));
