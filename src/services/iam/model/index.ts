/** The IAM model: roles and policies that the kernel decides by. */
import { defineModel } from '../../../sim/service.ts';
import type { IamState } from '../../../sim/world.ts';
import { iamOperations } from './operations.ts';

export const model = defineModel<IamState, object>({
  id: 'iam',
  initialState: () => ({ roles: new Map() }),
  tuning: { aws: {}, ideal: {} },
  operations: iamOperations,
  notModelled: ['CreateUser', 'CreateGroup', 'CreatePolicy', 'CreateInstanceProfile', 'PutRolePermissionsBoundary', 'SimulatePrincipalPolicy'],
  entries: {},
  provides: {},
  traceKinds: {
    'iam.RoleCreated': { sentence: 'The role {role} is created.', level: 'detail' },
    'iam.RoleChanged': { sentence: 'The role {role} changes: {change}.', level: 'step' },
    'iam.AccessDenied': { sentence: '{principal} may not {action} on {resource}.', level: 'moment', severity: 'failure' },
  },
  resources: (context) => [...context.state.roles.keys()],
  summarize: (context, arn) => {
    const role = context.state.roles.get(arn);
    return role && { name: role.name, trust: role.trust, policies: role.policies };
  },
  sdk: { packageName: '@aws-sdk/client-iam', clientName: 'IAMClient', protocol: 'query', apiVersion: '2010-05-08' },
});
