/** The IAM model: roles and policies that the kernel decides by. */
import { defineModel } from '../../../sim/service.ts';
import { notModelled } from './not-modelled.ts';
import { iamOperations } from './operations.ts';
import { accessDenied } from './state.ts';
import type { IamModelState } from './state.ts';
import { iamTraceKinds } from './trace-kinds.ts';

export const model = defineModel<IamModelState, object>({
  id: 'iam',
  initialState: () => ({ roles: new Map(), own: new Map(), facts: new Map() }),
  tuning: { aws: {}, ideal: {} },
  operations: iamOperations,
  notModelled,
  entries: {},
  provides: {},
  traceKinds: iamTraceKinds,
  accessDenied,
  // Who may assume a role is what its trust policy says.
  resourcePolicy: (context, arn) => context.state.roles.get(arn)?.trust,
  resources: (context) => [...context.state.roles.keys()],
  summarize: (context, arn) => {
    const role = context.state.roles.get(arn);
    return role && { name: role.name, trust: role.trust, policies: role.policies, boundary: role.boundary ?? null };
  },
  sdk: { packageName: '@aws-sdk/client-iam', clientName: 'IAMClient', protocol: 'query', apiVersion: '2010-05-08' },
});
