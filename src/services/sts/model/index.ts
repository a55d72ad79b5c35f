/** The model of STS, as far as a caller asks who it is: a table of contents. */
import { defineModel } from '../../../sim/service.ts';
import { callerArn, stsOperations } from './operations.ts';
import type { StsState } from './state.ts';
import { stsTraceKinds } from './trace-kinds.ts';

export const model = defineModel<StsState, object>({
  id: 'sts',
  initialState: () => ({ callers: new Map() }),
  tuning: { aws: {}, ideal: {} },
  operations: stsOperations,
  notModelled: ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity', 'AssumeRoot', 'DecodeAuthorizationMessage', 'GetAccessKeyInfo', 'GetFederationToken', 'GetSessionToken'],
  entries: {},
  provides: {},
  traceKinds: stsTraceKinds,
  resources: (context) => [...context.state.callers.keys()].map((arn) => callerArn(context, arn)),
  summarize: (context, arn) => {
    const caller = [...context.state.callers.values()].find((one) => callerArn(context, one.arn) === arn);
    return caller === undefined ? undefined : { ...caller };
  },
  sdk: { packageName: '@aws-sdk/client-sts', clientName: 'STSClient', protocol: 'query', apiVersion: '2011-06-15' },
});
