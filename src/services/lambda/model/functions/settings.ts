/** A function's configuration: what AWS accepts, its defaults, and how it is shown. @source aws/lambda.md §2, §2.3 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { unmodelled } from '../../../../sim/unmodelled.ts';
import { utf8ByteLength } from '../../../../base/utf8.ts';
import { isoMs } from '../../../../base/time-text.ts';
import type { PolicyDocument } from '../../../../sim/iam.ts';
import { NotModelled } from '../../../../sim/errors.ts';
import { parseArn } from '../../../../sim/principal.ts';
import { checkDescription, constraint, invalid, refuseUnmodelled, validation } from '../errors.ts';
import { COMING_RUNTIMES, LAMBDA, RESERVED_VARIABLES, RETIRED_RUNTIMES, RUNTIMES } from '../limits.ts';
import { checkLayers, layerBytes } from './layer-files.ts';
import { stateOf } from './inactivity.ts';
import { functionArn } from './naming.ts';
import type { LambdaContext, LambdaFunction, Settings, Version } from '../state.ts';

/** Members that AWS takes and this model does not: named, so that none is passed over in silence. */
const SETTINGS_NOT_MODELLED = ['FileSystemConfigs', 'ImageConfig', 'KMSKeyArn', 'CapacityProviderConfig', 'DurableConfig', 'TenancyConfig'] as const;

export const settingsInput = z.object({
  Runtime: z.string().optional(),
  Role: z.string().optional(),
  Handler: z.string().optional(),
  Description: z.string().optional(),
  Timeout: z.int().optional(),
  MemorySize: z.int().optional(),
  EphemeralStorage: z.object({ Size: z.int() }).optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()).optional() }).optional(),
  Layers: z.array(z.string()).optional(),
  TracingConfig: z.object({ Mode: z.enum(['Active', 'PassThrough']).optional() }).optional(),
  LoggingConfig: z
    .object({ LogFormat: z.enum(['JSON', 'Text']).optional(), ApplicationLogLevel: z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']).optional(), SystemLogLevel: z.enum(['DEBUG', 'INFO', 'WARN']).optional(), LogGroup: z.string().optional() })
    .optional(),
  DeadLetterConfig: z.object({ TargetArn: z.string().optional() }).optional(),
  VpcConfig: z.object({ SubnetIds: z.array(z.string()).optional(), SecurityGroupIds: z.array(z.string()).optional(), Ipv6AllowedForDualStack: z.boolean().optional(),
    /** Ours: what leads out of the VPC, as there is no EC2 here. Endpoints are service ids (s3, dynamodb, sqs). */
    Routes: z.object({ Nat: z.boolean().optional(), Endpoints: z.array(z.string()).optional() }).optional() }).optional(),
  SnapStart: z.object({ ApplyOn: z.enum(['PublishedVersions', 'None']).optional() }).optional(),
  ...unmodelled(SETTINGS_NOT_MODELLED),
});
export type SettingsInput = z.infer<typeof settingsInput>;

function integer(value: number, member: string, limits: { readonly min: number; readonly max: number }): number {
  if (value < limits.min) throw constraint(value, member, `have value greater than or equal to ${limits.min}`);
  if (value > limits.max) throw constraint(value, member, `have value less than or equal to ${limits.max}`);
  return value;
}

function checkRuntime(runtime: string): string {
  if ((RUNTIMES as readonly string[]).includes(runtime)) return runtime;
  if (RETIRED_RUNTIMES.test(runtime)) {
    throw invalid(`The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`);
  }
  if (COMING_RUNTIMES.includes(runtime)) throw new NotModelled('lambda', `runtime ${runtime}`);
  throw constraint(runtime, 'runtime', `satisfy enum value set: [${RUNTIMES.join(', ')}] or be a valid ARN`);
}

/** The execution role must exist and trust Lambda. Without IAM nothing is asked. */
function checkRole(context: LambdaContext, role: string): string {
  if (!/^arn:aws[\w-]*:iam::\d{12}:role\/?[\w+=,.@/-]+$/.test(role)) throw constraint(role, 'role', 'satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+');
  if (!assumable(context, role)) throw invalid('The role defined for the function cannot be assumed by Lambda.');
  return role;
}

function assumable(context: LambdaContext, role: string): boolean {
  const lambda = { kind: 'service', name: 'lambda.amazonaws.com', sourceArn: role, sourceAccount: context.account } as const;
  const answer = context.api('iam', 'GetRole', { RoleName: role.split('/').pop() ?? '' }, { principal: { kind: 'admin' }, cause: context.cause, replyTo: { kind: 'none' } });
  if (context.authorize(lambda, 'sts:AssumeRole', role).reason.kind === 'iam-off') return true;
  if (answer.kind !== 'ok') return false;
  const trust = JSON.parse(decodeURIComponent(String((answer.output as { Role: { AssumeRolePolicyDocument: string } }).Role.AssumeRolePolicyDocument))) as PolicyDocument;
  const statements = Array.isArray(trust.Statement) ? trust.Statement : [trust.Statement];
  return statements.some((statement) => {
    const services = statement.Principal === '*' ? ['lambda.amazonaws.com'] : [statement.Principal?.['Service'] ?? []].flat();
    return statement.Effect === 'Allow' && services.includes(lambda.name) && [statement.Action ?? []].flat().some((action: string) => action === 'sts:AssumeRole' || action === '*' || action === 'sts:*');
  });
}

function checkVariables(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const taken = Object.keys(variables).filter((name) => RESERVED_VARIABLES.includes(name));
  if (taken.length > 0) throw invalid(`Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${taken.join(', ')}`);
  for (const name of Object.keys(variables)) {
    if (!/^[a-zA-Z]([a-zA-Z0-9_])+$/.test(name)) throw constraint(`{${name}=${variables[name]}}`, 'environment.variables', 'satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]');
  }
  const measured = JSON.stringify(variables);
  if (utf8ByteLength(measured) > LAMBDA.environmentBytesMax) {
    throw invalid(`Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${measured}`);
  }
  return variables;
}

const VPC_RIGHTS = ['CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DeleteNetworkInterface'];

/** Attaching to a VPC needs rights of the role, and subnets and groups within AWS's numbers. @source aws/lambda.md §2, §11 */
function vpcOf(context: LambdaContext, input: NonNullable<SettingsInput['VpcConfig']>, roleArn: string): Pick<Settings, 'subnetIds' | 'securityGroupIds' | 'routes'> {
  const { SubnetIds: subnetIds = [], SecurityGroupIds: securityGroupIds = [], Routes } = input;
  if (subnetIds.length > LAMBDA.subnetsMax) throw constraint(`[${subnetIds.join(', ')}]`, 'vpcConfig.subnetIds', `have length less than or equal to ${LAMBDA.subnetsMax}`);
  if (securityGroupIds.length > LAMBDA.securityGroupsMax) throw constraint(`[${securityGroupIds.join(', ')}]`, 'vpcConfig.securityGroupIds', `have length less than or equal to ${LAMBDA.securityGroupsMax}`);
  if (subnetIds.length > 0) {
    const missing = VPC_RIGHTS.find((right) => !context.authorize({ kind: 'role', arn: roleArn }, `ec2:${right}`, '*').allowed);
    if (missing !== undefined) throw invalid(`The provided execution role does not have permissions to call ${missing} on EC2`);
  }
  return { subnetIds, securityGroupIds, routes: { nat: Routes?.Nat ?? false, endpoints: Routes?.Endpoints ?? [] } };
}

const DEFAULTS: Omit<Settings, 'roleArn' | 'handler' | 'runtime' | 'logGroup'> = {
  description: '',
  timeoutSec: LAMBDA.timeoutSec.default,
  memoryMb: LAMBDA.memoryMb.default,
  tmpMb: LAMBDA.tmpMb.default,
  architecture: 'x86_64',
  environment: {},
  layers: [],
  tracing: 'PassThrough',
  logFormat: 'Text',
  subnetIds: [],
  securityGroupIds: [],
  routes: { nat: false, endpoints: [] },
};

/** Levels go with the format: as text there are none. */
function loggingOf(input: NonNullable<SettingsInput['LoggingConfig']>, before: Settings): Pick<Settings, 'logFormat' | 'applicationLogLevel' | 'systemLogLevel' | 'logGroup'> {
  const logFormat = input.LogFormat ?? before.logFormat;
  if (logFormat === 'Text' && (input.ApplicationLogLevel !== undefined || input.SystemLogLevel !== undefined)) {
    throw invalid('LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "JSON" and try again.');
  }
  if (input.LogGroup?.startsWith('aws/')) throw invalid('Log group names cannot begin with aws/.');
  return {
    logFormat,
    ...(logFormat === 'JSON' ? { applicationLogLevel: input.ApplicationLogLevel ?? 'INFO', systemLogLevel: input.SystemLogLevel ?? 'INFO' } : {}),
    logGroup: input.LogGroup ?? before.logGroup,
  };
}

function checkModelled(input: SettingsInput): void {
  refuseUnmodelled(input, SETTINGS_NOT_MODELLED);
  if (input.SnapStart?.ApplyOn === 'PublishedVersions') throw new NotModelled('lambda', 'SnapStart', 'On AWS it has no Node.js either.');
}

/** Standard queues and topics take dead letters. A FIFO one is taken here, and its letters are lost. @source aws/lambda.md §8.3, §8.4 */
function checkDeadLetterTarget(arn: string): void {
  if (!/^arn:aws[\w-]*:[a-z0-9-.]+:.*$/.test(arn)) throw constraint(arn, 'deadLetterConfig.targetArn', 'satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()');
  if (!['sqs', 'sns'].includes(parseArn(arn).service)) throw invalid(`The dead letter target ${arn} is neither an SQS queue nor an SNS topic.`);
}

/** New settings from an input over former ones (or AWS's defaults). @throws InvalidParameterValueException */
export function readSettings(context: LambdaContext, input: SettingsInput, name: string, before?: Settings, architectures?: readonly string[]): Settings {
  checkModelled(input);
  if (before === undefined && input.Role === undefined) throw validation("1 validation error detected: Value null at 'role' failed to satisfy constraint: Member must not be null");
  const base: Settings = before ?? { ...DEFAULTS, runtime: 'nodejs24.x', handler: 'index.handler', roleArn: '', logGroup: `/aws/lambda/${name}` };
  const { deadLetterArn: deadBefore, logFormat, applicationLogLevel, systemLogLevel, logGroup, ...rest } = base;
  const deadLetterArn = input.DeadLetterConfig === undefined ? deadBefore : input.DeadLetterConfig.TargetArn || undefined;
  if (input.DeadLetterConfig?.TargetArn) checkDeadLetterTarget(input.DeadLetterConfig.TargetArn);
  checkDescription(input.Description);
  if (input.Handler !== undefined && input.Handler.length > LAMBDA.handlerCharsMax) throw constraint(input.Handler, 'handler', `have length less than or equal to ${LAMBDA.handlerCharsMax}`);
  if (input.Handler !== undefined && /\s/.test(input.Handler)) throw constraint(input.Handler, 'handler', 'satisfy regular expression pattern: [^\\s]+');
  if (architectures !== undefined && (architectures.length !== 1 || !['x86_64', 'arm64'].includes(architectures[0]!))) throw constraint(`[${architectures.join(', ')}]`, 'architectures', 'satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64]]');
  return {
    ...rest,
    ...(input.Runtime === undefined ? {} : { runtime: checkRuntime(input.Runtime) }),
    ...(input.Role === undefined ? {} : { roleArn: checkRole(context, input.Role) }),
    ...(input.Handler === undefined ? {} : { handler: input.Handler }),
    ...(input.Description === undefined ? {} : { description: input.Description }),
    ...(input.Timeout === undefined ? {} : { timeoutSec: integer(input.Timeout, 'timeout', LAMBDA.timeoutSec) }),
    ...(input.MemorySize === undefined ? {} : { memoryMb: integer(input.MemorySize, 'memorySize', LAMBDA.memoryMb) }),
    ...(input.EphemeralStorage === undefined ? {} : { tmpMb: integer(input.EphemeralStorage.Size, 'ephemeralStorage.size', LAMBDA.tmpMb) }),
    ...(input.Environment === undefined ? {} : { environment: checkVariables(input.Environment.Variables ?? {}) }),
    ...(input.Layers === undefined ? {} : { layers: checkLayers(context, input.Layers) }),
    ...(input.TracingConfig?.Mode === undefined ? {} : { tracing: input.TracingConfig.Mode }),
    ...(input.LoggingConfig === undefined ? { logFormat, logGroup, ...(applicationLogLevel === undefined ? {} : { applicationLogLevel }), ...(systemLogLevel === undefined ? {} : { systemLogLevel }) } : loggingOf(input.LoggingConfig, base)),
    ...(input.VpcConfig === undefined ? {} : vpcOf(context, input.VpcConfig, input.Role ?? base.roleArn)),
    ...(architectures === undefined ? {} : { architecture: architectures[0] as Settings['architecture'] }),
    ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
  };
}

/** `FunctionConfiguration` as AWS shows it. While an update is in progress, $LATEST is shown as it will be. */
export function showConfiguration(context: LambdaContext, fn: LambdaFunction, asked: Version, o: { readonly qualifier: string; readonly creating?: boolean }): Record<string, unknown> {
  const update = asked.version === '$LATEST' ? fn.update : undefined;
  const version = update?.version ?? asked;
  const { settings, code } = version;
  const state = stateOf(context, fn);
  const pending = fn.state === 'Pending' && !fn.restoring;
  return {
    FunctionName: fn.name,
    FunctionArn: o.qualifier === '' ? functionArn(context, fn.name) : `${functionArn(context, fn.name)}:${o.qualifier}`,
    Runtime: settings.runtime,
    Role: settings.roleArn,
    Handler: settings.handler,
    CodeSize: code.zipBytes,
    Description: settings.description,
    Timeout: settings.timeoutSec,
    MemorySize: settings.memoryMb,
    LastModified: isoMs(version.lastModifiedMs).replace('Z', '+0000'),
    CodeSha256: code.sha256,
    Version: version.version,
    ...(settings.subnetIds.length === 0 ? {} : { VpcConfig: { SubnetIds: settings.subnetIds, SecurityGroupIds: settings.securityGroupIds, VpcId: 'vpc-00000000', Ipv6AllowedForDualStack: false } }),
    ...(settings.deadLetterArn === undefined ? {} : { DeadLetterConfig: { TargetArn: settings.deadLetterArn } }),
    ...(Object.keys(settings.environment).length === 0 ? {} : { Environment: { Variables: settings.environment } }),
    TracingConfig: { Mode: settings.tracing },
    RevisionId: version.revisionId,
    ...(settings.layers.length === 0 ? {} : { Layers: settings.layers.map((Arn) => ({ Arn, CodeSize: layerBytes(context, Arn) })) }),
    ...state,
    ...(pending ? { StateReason: 'The function is being created.', StateReasonCode: 'Creating' } : {}),
    ...(pending && o.creating ? {} : { LastUpdateStatus: pending || update !== undefined ? 'InProgress' : 'Successful' }),
    ...(update === undefined ? {} : { LastUpdateStatusReason: 'The function is being created.', LastUpdateStatusReasonCode: 'Creating' }),
    PackageType: 'Zip',
    Architectures: [settings.architecture],
    EphemeralStorage: { Size: settings.tmpMb },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    RuntimeVersionConfig: { RuntimeVersionArn: runtimeVersionArn(context, settings.runtime) },
    LoggingConfig: {
      LogFormat: settings.logFormat,
      ...(settings.applicationLogLevel === undefined ? {} : { ApplicationLogLevel: settings.applicationLogLevel }),
      ...(settings.systemLogLevel === undefined ? {} : { SystemLogLevel: settings.systemLogLevel }),
      LogGroup: settings.logGroup,
    },
  };
}

/** The runtime version's ARN: AWS's form with a digest of ours. @simplified */
export function runtimeVersionArn(context: { readonly region: string }, runtime: string): string {
  let seed = 7;
  for (let i = 0; i < runtime.length; i++) seed = (Math.imul(seed, 31) + runtime.charCodeAt(i)) >>> 0;
  let digest = '';
  while (digest.length < 64) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    digest += seed.toString(16).padStart(8, '0');
  }
  return `arn:aws:lambda:${context.region}::runtime:${digest}`;
}
