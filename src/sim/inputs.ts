/** Members that the inputs of several services share. */
import { z } from 'zod';
import { epochMsOf } from './values.ts';

/** A moment: seconds since 1970, ISO 8601 text, or a date. */
export const timestamp = z.union([z.number(), z.string(), z.object({ $date: z.number() })]).refine((value) => !Number.isNaN(epochMsOf(value)), 'Member must be a timestamp');
