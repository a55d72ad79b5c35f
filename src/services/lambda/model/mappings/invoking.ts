/** Whether the function of a mapping can be invoked now, and what the mapping says when it cannot. @source aws/lambda.md §2.3, §10 */
import { AwsError } from '../../../../sim/errors.ts';
import { functionOf } from '../functions/naming.ts';
import { checkReady } from '../functions/inactivity.ts';
import { routed } from '../invocations/invoke.ts';
import type { LambdaContext, LambdaFunction, Version } from '../state.ts';
import type { Mapping } from './mapping-state.ts';

/** Function and version for the next batch. Undefined while it is deleted, not yet Active, or has no such version or alias: the mapping says so once and tries again. */
export function invocableOf(context: LambdaContext, mapping: Mapping): { readonly fn: LambdaFunction; readonly version: Version } | undefined {
  const { qualifier } = mapping;
  try {
    const fn = functionOf(context, { name: mapping.fn, qualifier });
    checkReady(context, fn);
    const version = routed(context, fn, qualifier);
    if (mapping.lastProcessingResult === mapping.problem) mapping.lastProcessingResult = 'OK';
    mapping.problem = '';
    return { fn, version };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const text = `PROBLEM: ${error.message}`;
    if (mapping.problem !== text) context.emit('lambda.MappingCannotInvoke', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, error: error.name, message: error.message });
    mapping.problem = mapping.lastProcessingResult = text;
    return undefined;
  }
}
