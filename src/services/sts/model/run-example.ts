/** What the contract suite does with STS in its run: the administrator asks who it is. */
import type { ApiCall } from '../../../sim/manifest.ts';

export const runExample: readonly ApiCall[] = [{ service: 'sts', operation: 'GetCallerIdentity', input: {} }];
