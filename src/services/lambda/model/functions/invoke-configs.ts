/** Settings of async invocation: retries, age, destinations. @source aws/lambda.md §8.2 (recorded test_lambda_eventinvokeconfig_*), observed.md ASY-014, ASY-016 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import type { AwsError } from '../../../../sim/errors.ts';
import { dateValue } from '../../../../sim/values.ts';
import { operation } from '../../../../sim/service.ts';
import type { OperationTable } from '../../../../sim/service.ts';
import { parseArn } from '../../../../sim/principal.ts';
import { constraint, invalid, notFound } from '../errors.ts';
import { byRef, page, refInput } from './functions.ts';
import { LAMBDA } from '../limits.ts';
import { functionArn, parseRef } from './naming.ts';
import type { InvokeConfig, LambdaContext, LambdaFunction, LambdaState } from '../state.ts';
import type { LambdaTuning } from '../tuning.ts';

const SOURCE = 'aws/lambda.md §8.2 (Lambda API model 2026-08, recorded 2024–2025)';
const side = z.object({ Destination: z.string().optional() }).optional();
const configInput = refInput.extend({ MaximumRetryAttempts: z.int().optional(), MaximumEventAgeInSeconds: z.int().optional(), DestinationConfig: z.object({ OnSuccess: side, OnFailure: side }).optional() });
type ConfigInput = z.infer<typeof configInput>;

function checkDestination(context: LambdaContext, fn: LambdaFunction, arn: string | undefined, success: boolean): string | undefined {
  if (arn === undefined || arn === '') return undefined;
  const { service, resource } = parseArn(arn);
  if (!['sqs', 'sns', 'lambda', 'events', 's3'].includes(service) || (service === 's3' && success)) throw invalid(`The destination ARN ${arn} is invalid.`);
  if (service !== 'lambda') return arn;
  const name = resource.split(':')[1] ?? '';
  if (name === fn.name) throw invalid("You can't specify the function as a destination for itself.");
  if (!context.state.functions.has(name)) throw invalid(`The destination ARN ${arn} is invalid.`);
  return arn;
}

function read(context: LambdaContext, fn: LambdaFunction, input: ConfigInput, before: InvokeConfig | undefined): InvokeConfig {
  const { MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: age, DestinationConfig: destinations } = input;
  if (retries === undefined && age === undefined && destinations === undefined) throw invalid('You must specify at least one of error handling or destination setting.');
  if (retries !== undefined && (retries < LAMBDA.retryAttempts.min || retries > LAMBDA.retryAttempts.max)) throw constraint(retries, 'maximumRetryAttempts', retries < 0 ? 'have value greater than or equal to 0' : 'have value less than or equal to 2');
  if (age !== undefined && (age < LAMBDA.eventAgeSec.min || age > LAMBDA.eventAgeSec.max)) throw constraint(age, 'maximumEventAgeInSeconds', age < 60 ? 'have value greater than or equal to 60' : 'have value less than or equal to 21600');
  const onSuccess = destinations === undefined ? before?.onSuccess : checkDestination(context, fn, destinations.OnSuccess?.Destination, true);
  const onFailure = destinations === undefined ? before?.onFailure : checkDestination(context, fn, destinations.OnFailure?.Destination, false);
  const maximumRetryAttempts = retries ?? before?.maximumRetryAttempts;
  const maximumEventAgeSec = age ?? before?.maximumEventAgeSec;
  return {
    ...(maximumRetryAttempts === undefined ? {} : { maximumRetryAttempts }),
    ...(maximumEventAgeSec === undefined ? {} : { maximumEventAgeSec }),
    ...(onSuccess === undefined ? {} : { onSuccess }),
    ...(onFailure === undefined ? {} : { onFailure }),
    lastModifiedMs: context.epochMs,
  };
}

function shown(fn: LambdaFunction, qualifier: string, config: InvokeConfig): object {
  return {
    LastModified: dateValue(config.lastModifiedMs),
    FunctionArn: `${fn.arn}:${qualifier}`,
    ...(config.maximumRetryAttempts === undefined ? {} : { MaximumRetryAttempts: config.maximumRetryAttempts }),
    ...(config.maximumEventAgeSec === undefined ? {} : { MaximumEventAgeInSeconds: config.maximumEventAgeSec }),
    DestinationConfig: { OnSuccess: config.onSuccess === undefined ? {} : { Destination: config.onSuccess }, OnFailure: config.onFailure === undefined ? {} : { Destination: config.onFailure } },
  };
}

/** The function to set up. @source recorded test_lambda_eventinvokeconfig_exceptions 2023: a text of its own */
function found(context: LambdaContext, input: { readonly FunctionName: string; readonly Qualifier?: string | undefined }): { fn: LambdaFunction; qualifier: string } {
  const { name, qualifier } = parseRef(context, input.FunctionName, input.Qualifier);
  const fn = context.state.functions.get(name);
  if (fn === undefined || (qualifier !== '' && !fn.versions.has(qualifier) && !fn.aliases.has(qualifier))) throw notFound("The function doesn't exist.");
  return { fn, qualifier: qualifier === '' ? '$LATEST' : qualifier };
}
const none = (arn: string, qualifier: string): AwsError => notFound(`The function ${arn}:${qualifier} doesn't have an EventInvokeConfig`);
function existing(fn: LambdaFunction, qualifier: string): InvokeConfig {
  const config = fn.invokeConfigs.get(qualifier);
  if (config === undefined) throw none(fn.arn, qualifier);
  return config;
}
/** What is to be read or deleted; without its function there is none either. */
function configOf(context: LambdaContext, input: z.infer<typeof refInput>): { readonly fn: LambdaFunction; readonly qualifier: string; readonly config: InvokeConfig } {
  const ref = parseRef(context, input.FunctionName, input.Qualifier);
  const qualifier = ref.qualifier === '' ? '$LATEST' : ref.qualifier;
  const fn = context.state.functions.get(ref.name);
  if (fn === undefined) throw none(functionArn(context, ref.name), qualifier);
  return { fn, qualifier, config: existing(fn, qualifier) };
}

const put = (merge: boolean) => (context: LambdaContext, input: ConfigInput): object => {
  const { fn, qualifier } = found(context, input);
  const config = read(context, fn, input, merge ? existing(fn, qualifier) : undefined);
  fn.invokeConfigs.set(qualifier, config);
  context.emit('lambda.InvokeConfigSet', fn.arn, { retries: config.maximumRetryAttempts ?? -1, ageSec: config.maximumEventAgeSec ?? -1, onSuccess: config.onSuccess ?? '', onFailure: config.onFailure ?? '' });
  return shown(fn, qualifier, config);
};
const errors = ['ResourceNotFoundException', 'InvalidParameterValueException'];
const http = (method: string) => ({ method, uri: '/2019-09-25/functions/{FunctionName}/event-invoke-config' });

export const invokeConfigOperations: OperationTable<LambdaState, LambdaTuning> = {
  PutFunctionEventInvokeConfig: operation({ input: configInput, action: 'lambda:PutFunctionEventInvokeConfig', resource: byRef, writes: true, errors, source: SOURCE, http: http('PUT'), handle: put(false) }),
  UpdateFunctionEventInvokeConfig: operation({ input: configInput, action: 'lambda:UpdateFunctionEventInvokeConfig', resource: byRef, writes: true, errors, source: SOURCE, http: http('POST'), handle: put(true) }),
  GetFunctionEventInvokeConfig: operation({
    input: refInput,
    action: 'lambda:GetFunctionEventInvokeConfig',
    resource: byRef,
    writes: false,
    errors,
    source: SOURCE,
    http: http('GET'),
    handle: (context: LambdaContext, input) => {
      const { fn, qualifier, config } = configOf(context, input);
      return shown(fn, qualifier, config);
    },
  }),
  DeleteFunctionEventInvokeConfig: operation({
    input: refInput,
    action: 'lambda:DeleteFunctionEventInvokeConfig',
    resource: byRef,
    writes: true,
    errors,
    source: SOURCE,
    http: { ...http('DELETE'), status: 204 },
    handle: (context: LambdaContext, input) => {
      const { fn, qualifier } = configOf(context, input);
      fn.invokeConfigs.delete(qualifier);
      return {};
    },
  }),
  ListFunctionEventInvokeConfigs: operation({
    input: refInput.extend({ Marker: z.string().optional(), MaxItems: z.int().optional() }),
    action: 'lambda:ListFunctionEventInvokeConfigs',
    resource: byRef,
    writes: false,
    errors,
    source: SOURCE,
    pages: { inputToken: 'Marker', outputToken: 'NextMarker' },
    http: { method: 'GET', uri: '/2019-09-25/functions/{FunctionName}/event-invoke-config/list' },
    handle: (context: LambdaContext, input) => {
      const { fn } = found(context, input);
      return page([...fn.invokeConfigs].map(([qualifier, config]) => shown(fn, qualifier, config)), 'FunctionEventInvokeConfigs', input);
    },
  }),
};
