/** Reserved concurrency, the account's settings, and the recursion guard's switch. @source aws/lambda.md §7.1, §2.3, §8.5, observed.md LAM-012, LAM-013 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { operation } from '../../../../sim/service.ts';
import type { OperationTable } from '../../../../sim/service.ts';
import { constraint, invalid } from '../errors.ts';
import { byRef } from './functions.ts';
import { LAMBDA } from '../limits.ts';
import { functionOf, parseRef, unqualifiedName } from './naming.ts';
import { setAside } from './provisioned.ts';
import type { LambdaContext, LambdaFunction, LambdaState } from '../state.ts';
import type { LambdaTuning } from '../tuning.ts';

const SOURCE = 'aws/lambda.md §7 (Lambda API model 2026-08, recorded test_lambda_concurrency_*)';

/** Sets or lifts the reservation: requests in progress change sides with it. */
function reserve(context: LambdaContext, fn: LambdaFunction, reserved: number | undefined): void {
  if (fn.reserved === undefined) context.state.runningUnreserved -= fn.running;
  setAside(context, fn, () => (fn.reserved = reserved));
  if (fn.reserved === undefined) context.state.runningUnreserved += fn.running;
  context.emit('lambda.ConcurrencySet', fn.arn, { reserved: reserved ?? -1 });
}

function put(context: LambdaContext, input: { readonly FunctionName: string; readonly ReservedConcurrentExecutions: number }): object {
  const fn = functionOf(context, { name: unqualifiedName(context, input.FunctionName), qualifier: '$LATEST' });
  const wanted = input.ReservedConcurrentExecutions;
  if (wanted < 0 || !Number.isInteger(wanted)) throw constraint(wanted, 'reservedConcurrentExecutions', 'have value greater than or equal to 0');
  const provisioned = [...fn.provisioned.values()].reduce((sum, one) => sum + one.requested, 0);
  if (wanted < provisioned) throw invalid(` ReservedConcurrentExecutions  ${wanted} should not be lower than function's total provisioned concurrency [${provisioned}].`);
  const others = context.state.setAside - (fn.reserved ?? provisioned);
  if (context.tuning.accountConcurrency - others - wanted < LAMBDA.unreservedMin) {
    throw invalid(`Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${LAMBDA.unreservedMin}].`);
  }
  reserve(context, fn, wanted);
  return { ReservedConcurrentExecutions: wanted };
}

const nameInput = z.object({ FunctionName: z.string() });
const errors = ['ResourceNotFoundException', 'InvalidParameterValueException'];

export const concurrencyOperations: OperationTable<LambdaState, LambdaTuning> = {
  PutFunctionConcurrency: operation({
    input: nameInput.extend({ ReservedConcurrentExecutions: z.number() }),
    action: 'lambda:PutFunctionConcurrency',
    resource: byRef,
    writes: true,
    errors,
    source: SOURCE,
    http: { method: 'PUT', uri: '/2017-10-31/functions/{FunctionName}/concurrency' },
    handle: put,
  }),
  GetFunctionConcurrency: operation({
    input: nameInput,
    action: 'lambda:GetFunctionConcurrency',
    resource: byRef,
    writes: false,
    errors,
    source: SOURCE,
    http: { method: 'GET', uri: '/2019-09-30/functions/{FunctionName}/concurrency' },
    handle: (context: LambdaContext, input) => {
      const { reserved } = functionOf(context, { name: unqualifiedName(context, input.FunctionName), qualifier: '' });
      return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
    },
  }),
  DeleteFunctionConcurrency: operation({
    input: nameInput,
    action: 'lambda:DeleteFunctionConcurrency',
    resource: byRef,
    writes: true,
    errors,
    source: SOURCE,
    http: { method: 'DELETE', uri: '/2017-10-31/functions/{FunctionName}/concurrency', status: 204 },
    handle: (context: LambdaContext, input) => {
      const fn = functionOf(context, { name: unqualifiedName(context, input.FunctionName), qualifier: '' });
      if (fn.reserved !== undefined) reserve(context, fn, undefined);
      return {};
    },
  }),
  GetAccountSettings: operation({
    input: z.object({}),
    action: 'lambda:GetAccountSettings',
    resource: () => '*',
    writes: false,
    errors: [],
    source: SOURCE,
    http: { method: 'GET', uri: '/2016-08-19/account-settings' },
    handle: (context: LambdaContext) => {
      const { accountConcurrency } = context.tuning;
      const functions = [...context.state.functions.values()];
      return {
        AccountLimit: { TotalCodeSize: 80_530_636_800, CodeSizeUnzipped: LAMBDA.unzippedBytesMax, CodeSizeZipped: LAMBDA.zipBytesMax, ConcurrentExecutions: accountConcurrency, UnreservedConcurrentExecutions: accountConcurrency - context.state.setAside },
        AccountUsage: { TotalCodeSize: functions.reduce((sum, fn) => sum + [...fn.versions.values()].reduce((bytes, version) => bytes + version.code.zipBytes, 0), 0), FunctionCount: functions.length },
      };
    },
  }),
  PutFunctionRecursionConfig: operation({
    input: nameInput.extend({ RecursiveLoop: z.enum(['Terminate', 'Allow']) }),
    action: 'lambda:PutFunctionRecursionConfig',
    resource: byRef,
    writes: true,
    errors,
    source: 'aws/lambda.md §8.5 (Lambda API model 2026-08)',
    http: { method: 'PUT', uri: '/2024-08-31/functions/{FunctionName}/recursion-config' },
    handle: (context: LambdaContext, input) => {
      functionOf(context, parseRef(context, input.FunctionName)).recursion = input.RecursiveLoop;
      return { RecursiveLoop: input.RecursiveLoop };
    },
  }),
  GetFunctionRecursionConfig: operation({
    input: nameInput,
    action: 'lambda:GetFunctionRecursionConfig',
    resource: byRef,
    writes: false,
    errors,
    source: 'aws/lambda.md §8.5 (Lambda API model 2026-08)',
    http: { method: 'GET', uri: '/2024-08-31/functions/{FunctionName}/recursion-config' },
    handle: (context: LambdaContext, input) => ({ RecursiveLoop: functionOf(context, parseRef(context, input.FunctionName)).recursion }),
  }),
};
