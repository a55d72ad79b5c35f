/** First of all imports: schemas compile no code, which the page's content policy forbids. */
import { z } from 'zod';

z.config({ jitless: true });
