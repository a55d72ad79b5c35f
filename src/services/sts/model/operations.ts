/** The operation table of STS: who am I, and being a role for a while. */
import { z } from 'zod';
import { principalName } from '../../../sim/iam.ts';
import { parseArn, userIdOf } from '../../../sim/principal.ts';
import { operation } from '../../../sim/service.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { sessionOperations } from './sessions.ts';
import type { StsContext, StsState } from './state.ts';

/** Where what STS knows of a caller is shown: its own ARN where that is one of STS, else one by its name. */
export function callerArn(context: Pick<StsContext, 'account'>, arn: string): string {
  return parseArn(arn).service === 'sts' ? arn : `arn:aws:sts::${context.account}:caller/${parseArn(arn).resource}`;
}

export const stsOperations: OperationTable<StsState, object> = {
  GetCallerIdentity: operation({
    input: z.object({}),
    action: 'sts:GetCallerIdentity',
    // AWS asks for no right: it answers even where a policy denies it.
    judgesItself: true,
    resource: () => '*',
    writes: false,
    errors: [],
    source: 'AWS STS API reference, GetCallerIdentity, 2026-11; ARN of a function’s session: aws/lambda.md §11',
    simplified: ['The unique id of a role is made of its name.'],
    handle: (context: StsContext, _, call) => {
      const arn = principalName(call.principal, context.account);
      const caller = context.state.callers.get(arn) ?? { arn, userId: userIdOf(call.principal, context.account), asked: 0 };
      context.state.callers.set(arn, { ...caller, asked: caller.asked + 1 });
      context.emit('sts.CallerIdentified', callerArn(context, arn), { caller: arn });
      return { UserId: caller.userId, Account: context.account, Arn: arn };
    },
  }),
  ...sessionOperations,
};
