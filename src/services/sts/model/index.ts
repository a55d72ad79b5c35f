/** The model of STS: who a caller is, and sessions of roles. A table of contents. */
import { defineModel } from '../../../sim/service.ts';
import { accessDenied, invalidInput } from './errors.ts';
import { callerArn, stsOperations } from './operations.ts';
import { bearer } from './sessions.ts';
import type { StsState } from './state.ts';
import { stsTraceKinds } from './trace-kinds.ts';

export const model = defineModel<StsState, object>({
  id: 'sts',
  initialState: () => ({ callers: new Map(), sessions: new Map() }),
  tuning: { aws: {}, ideal: {} },
  operations: stsOperations,
  notModelled: ['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity', 'AssumeRoot', 'DecodeAuthorizationMessage', 'GetAccessKeyInfo', 'GetFederationToken', 'GetSessionToken'],
  entries: {},
  provides: {},
  traceKinds: stsTraceKinds,
  bearer,
  accessDenied,
  invalidInput,
  resources: (context) => [...context.state.callers.keys()].map((arn) => callerArn(context, arn)),
  summarize: (context, arn) => {
    const caller = [...context.state.callers.values()].find((one) => callerArn(context, one.arn) === arn);
    return caller === undefined ? undefined : { ...caller };
  },
  sdk: { packageName: '@aws-sdk/client-sts', clientName: 'STSClient', protocol: 'query', apiVersion: '2011-06-15' },
});
