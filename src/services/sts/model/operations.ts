/** The operation table of STS: who am I. Sessions of other roles are not modelled: a handler's clients have the credentials of its function's role. */
import { z } from 'zod';
import { principalName } from '../../../sim/iam.ts';
import { parseArn } from '../../../sim/principal.ts';
import type { Principal } from '../../../sim/principal.ts';
import { operation } from '../../../sim/service.ts';
import type { OperationTable } from '../../../sim/service.ts';
import type { StsContext, StsState } from './state.ts';

/** Where what STS knows of a caller is shown: its own ARN where that is one of STS, else one by its name. */
export function callerArn(context: Pick<StsContext, 'account'>, arn: string): string {
  return parseArn(arn).service === 'sts' ? arn : `arn:aws:sts::${context.account}:caller/${parseArn(arn).resource}`;
}

/** Roles have an id and the name of their session, the account's root its number. @source AWS STS API reference, GetCallerIdentity @simplified the id of a role is made of its name */
function userIdOf(context: StsContext, principal: Principal, arn: string): string {
  if (principal.kind !== 'role') return context.account;
  const [, role = '', session = ''] = parseArn(arn).resource.split('/');
  return `AROA${role.toUpperCase().replace(/[^A-Z0-9]/g, '').slice(0, 17).padEnd(17, '0')}:${session}`;
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
      const caller = context.state.callers.get(arn) ?? { arn, userId: userIdOf(context, call.principal, arn), asked: 0 };
      context.state.callers.set(arn, { ...caller, asked: caller.asked + 1 });
      context.emit('sts.CallerIdentified', callerArn(context, arn), { caller: arn });
      return { UserId: caller.userId, Account: context.account, Arn: arn };
    },
  }),
};
