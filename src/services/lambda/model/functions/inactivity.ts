/** A function in a VPC that nobody used for 14 days loses its network interface: it is Inactive, and its next request fails while the interface is made again. @source aws/lambda.md §15, §2.3, §3.4 @simplified for each function alone, though functions share interfaces */
import { AwsError } from '../../../../sim/errors.ts';
import { msToUs, US_PER_SEC } from '../../../../sim/units.ts';
import { conflict } from '../errors.ts';
import { LAMBDA } from '../limits.ts';
import { latest } from '../state.ts';
import type { LambdaContext, LambdaFunction } from '../state.ts';

/** The state as AWS shows it, with its reason's code when it has lost its interface. */
export function stateOf(context: LambdaContext, fn: LambdaFunction): { readonly State: LambdaFunction['state']; readonly StateReasonCode?: 'Idle' | 'Restoring' } {
  if (fn.state === 'Pending' && fn.restoring) return { State: 'Pending', StateReasonCode: 'Restoring' };
  const idle = fn.state === 'Active' && context.tuning.vpcMs > 0 && context.now - fn.usedUs >= LAMBDA.inactiveAfterDays * 86_400 * US_PER_SEC && latest(fn).settings.subnetIds.length > 0;
  return idle ? { State: 'Inactive', StateReasonCode: 'Idle' } : { State: fn.state };
}

/** Before each request. @throws ResourceConflictException while it is being created, ResourceNotReadyException when it was Inactive: it is Pending from then on */
export function checkReady(context: LambdaContext, fn: LambdaFunction): void {
  if (fn.state === 'Active' && latest(fn).settings.subnetIds.length === 0) return;
  if (fn.state === 'Pending') throw conflict('The operation cannot be performed at this time. The function is currently in the following state: Pending');
  if (stateOf(context, fn).State !== 'Inactive') {
    fn.usedUs = context.now;
    return;
  }
  fn.state = 'Pending';
  fn.restoring = true;
  fn.usedUs = context.now;
  const seq = context.emit('lambda.FunctionInactive', fn.arn, { days: LAMBDA.inactiveAfterDays });
  context.schedule(msToUs(context.tuning.vpcMs), 'active', { fn: fn.name, id: fn.id }, { cause: [seq] });
  throw new AwsError('ResourceNotReadyException', 'The function is inactive and its VPC connection is no longer available. Wait for the VPC connection to reestablish and try again.', { status: 502, data: { Type: 'User' } });
}
