/** A function's settings on the canvas: AWS's members with their limits, and the calls that make and change them. */
import { z } from 'zod';
import { utf8ByteLength } from '../../../../base/utf8.ts';
import type { ApiCall, DeployEnvironment, ScenarioEdge, ScenarioNode } from '../../../../sim/manifest.ts';
import { LAMBDA, RESERVED_VARIABLES } from '../limits.ts';

const { memoryMb, timeoutSec, tmpMb, retryAttempts, eventAgeSec, environmentBytesMax } = LAMBDA;
const whole = (limits: { readonly min: number; readonly max: number; readonly default: number }, what: string) => z.int('Lambda takes whole numbers.').min(limits.min, what).max(limits.max, what).default(limits.default);

const variables = z
  .record(z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]+$/, 'A variable name has 2 or more letters, digits or _, and begins with a letter.'), z.string())
  .refine((all) => utf8ByteLength(JSON.stringify(all)) <= environmentBytesMax, 'Lambda allows 4 KB of environment variables.')
  .refine((all) => !Object.keys(all).some((name) => RESERVED_VARIABLES.includes(name)), 'Lambda sets this variable itself.');

export const configSchema = z.object({
  name: z.string().regex(/^[a-zA-Z0-9-_]{1,64}$/, 'A function name has 1 to 64 letters, digits, - or _.').meta({ label: 'Name', group: 'Function' }),
  Runtime: z.enum(['nodejs22.x', 'nodejs24.x']).default('nodejs22.x').meta({ label: 'Runtime', group: 'Function', help: 'Node.js 24 has no callback handlers and ends on unhandled rejections by itself.' }),
  Handler: z.string().regex(/^[^\s]{1,128}$/, 'A handler is written file.function, without spaces.').default('index.handler').meta({ label: 'Handler', group: 'Function', help: 'File and exported function: index.handler.' }),
  MemorySize: whole(memoryMb, 'Lambda allows 128 to 10,240 MB.').meta({ label: 'Memory', unit: 'MB', group: 'Resources', control: 'slider', help: 'CPU comes with it: 1,769 MB is one full vCPU.' }),
  Timeout: whole(timeoutSec, 'Lambda allows 1 to 900 s, which is 15 minutes.').meta({ label: 'Timeout', unit: 's', group: 'Resources', control: 'slider', help: 'The handler is stopped after this.' }),
  EphemeralStorage: whole(tmpMb, 'Lambda allows 512 to 10,240 MB.').meta({ label: 'Storage in /tmp', unit: 'MB', group: 'Resources', help: 'Stays as long as the environment.' }),
  Architecture: z.enum(['x86_64', 'arm64']).default('x86_64').meta({ label: 'Architecture', group: 'Resources', help: 'arm64 costs a fifth less.' }),
  Layers: z.array(z.enum(['ffmpeg'])).max(5, 'Lambda allows 5 layers.').default([]).meta({ label: 'Layers', group: 'Code', help: 'ffmpeg puts ffmpeg and ffprobe into /opt/bin.' }),
  Environment: variables.default({}).meta({ label: 'Environment variables', group: 'Code', control: 'variables' }),
  ReservedConcurrentExecutions: z.int('Lambda takes whole numbers.').min(0, 'Reserved concurrency is 0 to 900: 100 of the account stay unreserved.').max(900, 'Reserved concurrency is 0 to 900: 100 of the account stay unreserved.').nullable().default(null).meta({ label: 'Reserved concurrency', group: 'Concurrency', help: 'At most so many requests at a time, and so many kept for it. Empty: none. 0 switches the function off.' }),
  MaximumRetryAttempts: whole(retryAttempts, 'Lambda allows 0 to 2 retries.').meta({ label: 'Async retries', group: 'Asynchronous invocation', help: 'After one minute, then after two.' }),
  MaximumEventAgeInSeconds: whole(eventAgeSec, 'Lambda allows 60 to 21,600 s, which is 6 hours.').meta({ label: 'Maximum event age', unit: 's', group: 'Asynchronous invocation' }),
  LogFormat: z.enum(['Text', 'JSON']).default('Text').meta({ label: 'Log format', group: 'Logs' }),
  ApplicationLogLevel: z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']).default('INFO').meta({ label: 'Application log level', group: 'Logs', help: 'Of the handler’s lines, in JSON format only.' }),
  SystemLogLevel: z.enum(['DEBUG', 'INFO', 'WARN']).default('INFO').meta({ label: 'System log level', group: 'Logs', help: 'Of Lambda’s own lines, in JSON format only.' }),
  Tracing: z.enum(['PassThrough', 'Active']).default('PassThrough').meta({ label: 'X-Ray tracing', group: 'Logs', help: 'Active: the first request of each second is traced, and one of twenty of the rest.' }),
  RecursiveLoop: z.enum(['Terminate', 'Allow']).default('Terminate').meta({ label: 'Recursive loop', group: 'Concurrency', help: 'Terminate: a chain that comes back after 16 turns is stopped.' }),
  Network: z.enum(['public', 'vpc']).default('public').meta({ label: 'Network', group: 'Network', help: 'In a VPC a new function waits for its network interface, and reaches nothing without a way out.' }),
  VpcEndpoints: z.array(z.enum(['s3', 'dynamodb', 'sqs', 'sns', 'events', 'lambda'])).default([]).meta({ label: 'Endpoints of the VPC', group: 'Network', help: 'Ways to a service without a NAT gateway.' }),
  NatGateway: z.boolean().default(false).meta({ label: 'NAT gateway', group: 'Network', help: 'A way out of the VPC to everything.' }),
});

const nameOf = (node: ScenarioNode): string => String(node.config['name']);
export const roleName = (node: ScenarioNode): string => `${nameOf(node)}-role`;
const lambda = (operation: string, input: Readonly<Record<string, unknown>>): ApiCall => ({ service: 'lambda', operation, input });
const iam = (operation: string, input: Readonly<Record<string, unknown>>): ApiCall => ({ service: 'iam', operation, input });

const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const VPC_ACCESS = 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole';
const XRAY = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess';

/** Members of `UpdateFunctionConfiguration`, by the config members that they come from. */
function configuration(node: ScenarioNode, environment: DeployEnvironment): Readonly<Record<string, unknown>> {
  const { config } = node;
  const layers = (config['Layers'] ?? []) as readonly string[];
  return {
    Runtime: config['Runtime'],
    Handler: config['Handler'],
    MemorySize: config['MemorySize'],
    Timeout: config['Timeout'],
    EphemeralStorage: { Size: config['EphemeralStorage'] ?? tmpMb.default },
    Layers: layers.map((name) => `arn:aws:lambda:${environment.region}:${environment.account}:layer:${name}:1`),
    Environment: { Variables: config['Environment'] ?? {} },
    LoggingConfig: { LogFormat: config['LogFormat'] ?? 'Text', ...(config['LogFormat'] === 'JSON' ? { ApplicationLogLevel: config['ApplicationLogLevel'] ?? 'INFO', SystemLogLevel: config['SystemLogLevel'] ?? 'INFO' } : {}) },
    TracingConfig: { Mode: config['Tracing'] ?? 'PassThrough' },
    VpcConfig: inVpc(node) ? { SubnetIds: ['subnet-a', 'subnet-b'], SecurityGroupIds: ['sg-functions'], Routes: { Nat: config['NatGateway'] === true, Endpoints: config['VpcEndpoints'] ?? [] } } : { SubnetIds: [], SecurityGroupIds: [] },
  };
}

const inVpc = (node: ScenarioNode): boolean => node.config['Network'] === 'vpc';
const loops = (node: ScenarioNode): unknown => node.config['RecursiveLoop'] ?? 'Terminate';
/** Managed policies that a console would attach for the settings. */
const policiesOf = (node: ScenarioNode): readonly string[] => [BASIC, ...(inVpc(node) ? [VPC_ACCESS] : []), ...(node.config['Tracing'] === 'Active' ? [XRAY] : [])];
const attach = (node: ScenarioNode, policies: readonly string[]): readonly ApiCall[] => policies.map((PolicyArn) => iam('AttachRolePolicy', { RoleName: roleName(node), PolicyArn }));
/** A new function is told only what differs from AWS's defaults of these. */
function created(node: ScenarioNode, environment: DeployEnvironment): Readonly<Record<string, unknown>> {
  const { TracingConfig, VpcConfig, ...rest } = configuration(node, environment);
  return { ...rest, ...(node.config['Tracing'] === 'Active' ? { TracingConfig } : {}), ...(inVpc(node) ? { VpcConfig } : {}) };
}

/** Retries, age and destinations are one configuration on AWS: each change puts the whole of it. */
export function invokeConfig(node: ScenarioNode, environment: DeployEnvironment, edges: readonly ScenarioEdge[]): ApiCall {
  const destination = (port: string): object => {
    const edge = edges.find((candidate) => candidate.port === port && candidate.from === node.id);
    return edge === undefined ? {} : { Destination: environment.arnOf(edge.to) };
  };
  return lambda('PutFunctionEventInvokeConfig', {
    FunctionName: nameOf(node),
    MaximumRetryAttempts: node.config['MaximumRetryAttempts'] ?? retryAttempts.default,
    MaximumEventAgeInSeconds: node.config['MaximumEventAgeInSeconds'] ?? eventAgeSec.default,
    DestinationConfig: { OnSuccess: destination('lambda.on-success'), OnFailure: destination('lambda.on-failure') },
  });
}

const asyncOf = (node: ScenarioNode): readonly unknown[] => [node.config['MaximumRetryAttempts'] ?? retryAttempts.default, node.config['MaximumEventAgeInSeconds'] ?? eventAgeSec.default];
const reservedOf = (node: ScenarioNode): number | null => (node.config['ReservedConcurrentExecutions'] ?? null) as number | null;
const reserve = (node: ScenarioNode, reserved: number | null): ApiCall =>
  reserved === null ? lambda('DeleteFunctionConcurrency', { FunctionName: nameOf(node) }) : lambda('PutFunctionConcurrency', { FunctionName: nameOf(node), ReservedConcurrentExecutions: reserved });

export function deployFunction(node: ScenarioNode, environment: DeployEnvironment): readonly ApiCall[] {
  const asynchronous = asyncOf(node);
  return [
    iam('CreateRole', { RoleName: roleName(node), AssumeRolePolicyDocument: TRUST }),
    ...attach(node, policiesOf(node)),
    lambda('CreateFunction', {
      FunctionName: nameOf(node),
      Role: `arn:aws:iam::${environment.account}:role/${roleName(node)}`,
      ...created(node, environment),
      Architectures: [node.config['Architecture'] ?? 'x86_64'],
      Code: { files: node.files ?? {} },
    }),
    ...(reservedOf(node) === null ? [] : [reserve(node, reservedOf(node))]),
    ...(loops(node) === 'Terminate' ? [] : [lambda('PutFunctionRecursionConfig', { FunctionName: nameOf(node), RecursiveLoop: loops(node) })]),
    ...(asynchronous[0] === retryAttempts.default && asynchronous[1] === eventAgeSec.default ? [] : [invokeConfig(node, environment, [])]),
  ];
}

/** The calls for a change; each waits for a function that is still Pending, as deployment tools do. */
export function updateFunction(before: ScenarioNode, after: ScenarioNode, environment: DeployEnvironment): readonly ApiCall[] | null {
  if (nameOf(before) !== nameOf(after)) return null;
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  const was = configuration(before, environment);
  const changed = Object.fromEntries(Object.entries(configuration(after, environment)).filter(([member, value]) => !same(was[member], value)));
  const architecture = after.config['Architecture'] !== before.config['Architecture'];
  const base = { FunctionName: nameOf(after), WaitForActive: true };
  return [
    ...attach(after, policiesOf(after).filter((policy) => !policiesOf(before).includes(policy))),
    ...(same(before.files ?? {}, after.files ?? {}) && !architecture ? [] : [lambda('UpdateFunctionCode', { ...base, files: after.files ?? {}, ...(architecture ? { Architectures: [after.config['Architecture']] } : {}) })]),
    ...(Object.keys(changed).length === 0 ? [] : [lambda('UpdateFunctionConfiguration', { ...base, ...changed })]),
    ...(loops(before) === loops(after) ? [] : [lambda('PutFunctionRecursionConfig', { FunctionName: nameOf(after), RecursiveLoop: loops(after) })]),
    ...(reservedOf(before) === reservedOf(after) ? [] : [reserve(after, reservedOf(after))]),
    ...(same(asyncOf(before), asyncOf(after)) ? [] : [invokeConfig(after, environment, environment.edgesOf(after.id))]),
  ];
}

export function removeFunction(node: ScenarioNode): readonly ApiCall[] {
  return [lambda('DeleteFunction', { FunctionName: nameOf(node) }), iam('DeleteRole', { RoleName: roleName(node) })];
}
