/** The Lambda model: a table of contents. */
import { defineModel } from '../../../sim/service.ts';
import { onAsyncTry } from './invocations/async-queue.ts';
import { onBatch, onBatchOver } from './mappings/batches.ts';
import { onChildEnded, onChildMissing, onChildWorked } from './environments/children.ts';
import { concurrencyOperations } from './functions/concurrency.ts';
import { onCall, onCallAnswer, onCallBack } from './environments/effects.ts';
import { onFetch, onFetchAnswer, onFetchBack } from './environments/fetching.ts';
import { onPlaced, onReap, onRecycle } from './environments/environments.ts';
import { functionOperations, onActive, onUpdated } from './functions/functions.ts';
import { onStreamPoll, onStreamWindow, onTumblingOver } from './mappings/shards.ts';
import { onStreamTry } from './mappings/stream-batches.ts';
import { onFault } from './invocations/faults.ts';
import { onStarted, onTimeout } from './invocations/invocations.ts';
import { invocablePort, invokeOperations, targetPort } from './invocations/invoke.ts';
import { invokeConfigOperations } from './functions/invoke-configs.ts';
import { layerOperations } from './functions/layers.ts';
import { mappingOperations, onMappingSettled } from './mappings/mappings.ts';
import { policyOperations, resourcePolicyOf } from './functions/policies.ts';
import { onGrow, onPollAgain, onPolled, onWindowOver } from './mappings/pollers.ts';
import { onBoot, onInitTimeout, onPlay, onSyntheticInit, onTimer } from './environments/process.ts';
import { onProvision, onProvisionBill, provisionedOperations } from './functions/provisioned.ts';
import { NOT_MODELLED } from './not-modelled.ts';
import { initialState } from './state.ts';
import type { LambdaState } from './state.ts';
import { summarizeFunction } from './summary.ts';
import { onSyntheticEnd } from './environments/synthetic.ts';
import { lambdaTraceKinds } from './trace-kinds.ts';
import { AWS_TUNING, IDEAL_TUNING } from './tuning.ts';
import type { LambdaTuning } from './tuning.ts';
import { versionOperations } from './functions/versions.ts';

/** @source AWS SDK for JavaScript 3, client-lambda, waiters */
const waiters = [
  { name: 'FunctionActive', operation: 'GetFunctionConfiguration', delaySec: 5, acceptors: [{ state: 'success', path: 'State', equals: 'Active' }, { state: 'failure', path: 'State', equals: 'Failed' }] },
  { name: 'FunctionUpdated', operation: 'GetFunctionConfiguration', delaySec: 5, acceptors: [{ state: 'success', path: 'LastUpdateStatus', equals: 'Successful' }, { state: 'failure', path: 'LastUpdateStatus', equals: 'Failed' }] },
  { name: 'PublishedVersionActive', operation: 'GetFunctionConfiguration', delaySec: 5, acceptors: [{ state: 'success', path: 'State', equals: 'Active' }, { state: 'failure', path: 'State', equals: 'Failed' }] },
  { name: 'FunctionActiveV2', operation: 'GetFunction', delaySec: 1, acceptors: [{ state: 'success', path: 'Configuration.State', equals: 'Active' }, { state: 'failure', path: 'Configuration.State', equals: 'Failed' }] },
  { name: 'FunctionUpdatedV2', operation: 'GetFunction', delaySec: 1, acceptors: [{ state: 'success', path: 'Configuration.LastUpdateStatus', equals: 'Successful' }, { state: 'failure', path: 'Configuration.LastUpdateStatus', equals: 'Failed' }] },
  { name: 'FunctionExists', operation: 'GetFunction', delaySec: 1, acceptors: [{ state: 'success' }, { state: 'retry', error: 'ResourceNotFoundException' }] },
] as const;

export const model = defineModel<LambdaState, LambdaTuning>({
  id: 'lambda',
  initialState,
  tuning: { aws: AWS_TUNING, ideal: IDEAL_TUNING },
  operations: { ...functionOperations, ...versionOperations, ...invokeOperations, ...invokeConfigOperations, ...mappingOperations, ...policyOperations, ...concurrencyOperations, ...provisionedOperations, ...layerOperations },
  notModelled: Object.keys(NOT_MODELLED),
  notModelledHttp: NOT_MODELLED,
  entries: {
    active: onActive,
    updated: onUpdated,
    placed: onPlaced,
    reap: onReap,
    recycle: onRecycle,
    boot: onBoot,
    'init-timeout': onInitTimeout,
    'synthetic-init': onSyntheticInit,
    'synthetic-end': onSyntheticEnd,
    started: onStarted,
    timeout: onTimeout,
    fault: onFault,
    play: onPlay,
    timer: onTimer,
    call: onCall,
    'call-answer': onCallAnswer,
    'call-back': onCallBack,
    fetch: onFetch,
    'fetch-answer': onFetchAnswer,
    'fetch-back': onFetchBack,
    'child-worked': onChildWorked,
    'child-missing': onChildMissing,
    'child-ended': onChildEnded,
    'async-try': onAsyncTry,
    polled: onPolled,
    'poll-again': onPollAgain,
    'window-over': onWindowOver,
    grow: onGrow,
    batch: onBatch,
    'batch-over': onBatchOver,
    'mapping-settled': onMappingSettled,
    'stream-poll': onStreamPoll,
    'stream-window': onStreamWindow,
    'stream-try': onStreamTry,
    'tumbling-over': onTumblingOver,
    provision: onProvision,
    'provision-bill': onProvisionBill,
  },
  provides: { invocable: invocablePort, target: targetPort },
  traceKinds: lambdaTraceKinds,
  resourcePolicy: resourcePolicyOf,
  resources: (context) => [...context.state.functions.values()].map((fn) => fn.arn),
  summarize: summarizeFunction,
  sdk: { packageName: '@aws-sdk/client-lambda', clientName: 'LambdaClient', protocol: 'rest-json', apiVersion: '2015-03-31', waiters },
});
