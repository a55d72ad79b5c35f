/** The SNS model: a table of contents. */
import { defineModel } from '../../../sim/service.ts';
import { onDeliver, onRetry } from './delivering.ts';
import { accessDenied, invalidParameter, OTHER_ERRORS } from './errors.ts';
import { publishOperations, targetPort } from './messages.ts';
import { findTopic } from './state.ts';
import type { SnsState, SnsTuning } from './state.ts';
import { subscriptionOperations } from './subscriptions.ts';
import { summarizeTopic } from './summary.ts';
import { topicOperations } from './topics.ts';
import { snsTraceKinds } from './trace-kinds.ts';

export const model = defineModel<SnsState, SnsTuning>({
  id: 'sns',
  initialState: () => ({ topics: new Map(), subscriptions: new Map() }),
  tuning: { aws: { deliveryMsMedian: 30, deliverySigma: 0.5 }, ideal: { deliveryMsMedian: 0, deliverySigma: 0 } },
  operations: { ...topicOperations, ...subscriptionOperations, ...publishOperations },
  notModelled: [
    'CheckIfPhoneNumberIsOptedOut', 'ConfirmSubscription', 'CreatePlatformApplication', 'CreatePlatformEndpoint', 'CreateSMSSandboxPhoneNumber', 'DeleteEndpoint', 'DeletePlatformApplication', 'DeleteSMSSandboxPhoneNumber', 'GetDataProtectionPolicy', 'GetEndpointAttributes',
    'GetPlatformApplicationAttributes', 'GetSMSAttributes', 'GetSMSSandboxAccountStatus', 'ListEndpointsByPlatformApplication', 'ListOriginationNumbers', 'ListPhoneNumbersOptedOut', 'ListPlatformApplications', 'ListSMSSandboxPhoneNumbers', 'OptInPhoneNumber',
    'PutDataProtectionPolicy', 'SetEndpointAttributes', 'SetPlatformApplicationAttributes', 'SetSMSAttributes', 'VerifySMSSandboxPhoneNumber',
  ],
  entries: { deliver: onDeliver, retry: onRetry },
  provides: { target: targetPort },
  traceKinds: snsTraceKinds,
  accessDenied,
  invalidInput: (_, issues) => invalidParameter(issues[0]?.path.split('.')[0] ?? ''),
  resourcePolicy: (context, arn) => findTopic(context, arn)?.policy,
  resources: (context) => [...context.state.topics.values()].map((topic) => topic.arn),
  summarize: summarizeTopic,
  sdk: { packageName: '@aws-sdk/client-sns', clientName: 'SNSClient', protocol: 'query', blobMembers: ['BinaryValue'], apiVersion: '2010-03-31', otherErrors: OTHER_ERRORS },
});
