/** Lambda on the canvas: settings, connections, prices, what is drawn of it. */
import { defineManifest } from '../../../sim/manifest.ts';
import type { ApiCall, DeployEnvironment, ScenarioEdge, ScenarioNode } from '../../../sim/manifest.ts';
import type { PolicyStatement } from '../../../sim/iam.ts';
import { configSchema, deployFunction, removeFunction, updateFunction } from './canvas/config.ts';
import { edges } from './canvas/edges.ts';
import { cost, metrics, prices, timeline } from './canvas/readings.ts';
import { LAMBDA } from './limits.ts';

const HANDLER = `export const handler = async (event) => {
  console.log(JSON.stringify(event));
  return { ok: true };
};
`;

/** A statement of the policy as the call that adds it. */
function permission(node: ScenarioNode, statement: PolicyStatement): ApiCall {
  const principal = statement.Principal === '*' || statement.Principal === undefined ? '*' : String(Object.values(statement.Principal)[0]);
  const conditions = Object.assign({}, ...Object.values(statement.Condition ?? {})) as Record<string, string>;
  const value = (key: string): string | undefined => Object.entries(conditions).find(([name]) => name.toLowerCase() === key)?.[1];
  const SourceArn = value('aws:sourcearn');
  const SourceAccount = value('aws:sourceaccount');
  return {
    service: 'lambda',
    operation: 'AddPermission',
    input: { FunctionName: node.config['name'], StatementId: statement.Sid, Action: statement.Action, Principal: principal, ...(SourceArn === undefined ? {} : { SourceArn }), ...(SourceAccount === undefined ? {} : { SourceAccount }) },
  };
}

function resourcePolicy(node: ScenarioNode, before: readonly PolicyStatement[], after: readonly PolicyStatement[]): readonly ApiCall[] {
  const text = (statement: PolicyStatement): string => JSON.stringify(statement);
  const kept = new Set(before.map(text).filter((one) => after.some((statement) => text(statement) === one)));
  return [
    ...before.filter((statement) => !kept.has(text(statement))).map((statement): ApiCall => ({ service: 'lambda', operation: 'RemovePermission', input: { FunctionName: node.config['name'], StatementId: statement.Sid } })),
    ...after.filter((statement) => !kept.has(text(statement))).map((statement) => permission(node, statement)),
  ];
}

type Lint = { readonly level: 'effect' | 'warning'; readonly field?: string; readonly sentence: string };

/** What the memory means in CPU. @source aws/lambda.md §6 */
function memoryLint(memoryMb: number): Lint {
  const field = 'MemorySize';
  if (memoryMb === 1769) return { level: 'effect', field, sentence: 'One full vCPU. More memory makes JavaScript no faster, only programs with several threads.' };
  if (memoryMb > 1769) return { level: 'effect', field, sentence: `${(Math.floor((memoryMb / 1769) * 100) / 100).toFixed(2)} vCPUs. JavaScript runs on one: from 1,769 MB on it gets no faster.` };
  const percent = Math.floor((memoryMb / 1769) * 100);
  const faster = Math.round((1769 / memoryMb) * 10) / 10;
  return { level: 'effect', field, sentence: `${percent} % of a vCPU. At 1,769 MB, one full vCPU, work takes ${faster === 2 ? 'half the time' : `1/${faster} of the time`} for the same price.` };
}

function lints(node: ScenarioNode, environment: DeployEnvironment): readonly Lint[] {
  const { config } = node;
  const found: Lint[] = [memoryLint(Number(config['MemorySize'] ?? LAMBDA.memoryMb.default))];
  const ffmpeg = ((config['Layers'] ?? []) as readonly string[]).includes('ffmpeg');
  if (ffmpeg && Number(config['Timeout']) <= LAMBDA.timeoutSec.default) found.push({ level: 'warning', field: 'Timeout', sentence: `${String(config['Timeout'])} s is short for ffmpeg: a handler that is not done is stopped, and what it wrote to /tmp stays.` });
  const file = String(config['Handler'] ?? 'index.handler').split('.')[0]!;
  const files = Object.keys(node.files ?? {});
  if (!files.some((name) => name.replace(/\.(mjs|cjs|js|mts|ts)$/, '') === file)) found.push({ level: 'warning', field: 'Handler', sentence: `There is no file ${file}.mjs, .js or .ts: every start will fail.` });
  if (config['ReservedConcurrentExecutions'] === 0) found.push({ level: 'warning', field: 'ReservedConcurrentExecutions', sentence: '0 switches the function off: every request is throttled.' });
  if (config['Network'] === 'vpc' && config['NatGateway'] !== true && ((config['VpcEndpoints'] ?? []) as readonly string[]).length === 0) found.push({ level: 'warning', field: 'Network', sentence: 'Nothing leads out of the VPC: calls to AWS get no answer, and the function times out. A public subnet changes nothing.' });
  const concurrency = environment.edgesOf(node.id).find((edge) => edge.port === 'lambda.event-source-mapping' && edge.to === node.id)?.config['MaximumConcurrency'];
  const reserved = config['ReservedConcurrentExecutions'];
  if (typeof concurrency === 'number' && typeof reserved === 'number' && concurrency > reserved) found.push({ level: 'warning', field: 'ReservedConcurrentExecutions', sentence: `The mapping runs up to ${concurrency} batches at a time, the function only ${reserved}: the rest is throttled and counts as received.` });
  return found;
}

const logicalId = (name: unknown): string => String(name).replace(/[^A-Za-z0-9]/g, '');

function sam(node: ScenarioNode, environment: DeployEnvironment): Readonly<Record<string, unknown>> {
  const { config } = node;
  const mappings = environment.edgesOf(node.id).filter((edge) => edge.port === 'lambda.event-source-mapping' && edge.to === node.id);
  const streams = environment.edgesOf(node.id).filter((edge) => edge.port === 'lambda.stream' && edge.to === node.id);
  const attribute = (edge: ScenarioEdge, name: string): object => ({ 'Fn::GetAtt': [logicalId(environment.node(edge.from)?.config['name']), name] });
  const events = Object.fromEntries([
    ...mappings.map((edge) => [logicalId(edge.id), { Type: 'SQS', Properties: { Queue: attribute(edge, 'Arn'), BatchSize: edge.config['BatchSize'] ?? 10 } }] as const),
    ...streams.map((edge) => [logicalId(edge.id), { Type: 'DynamoDB', Properties: { Stream: attribute(edge, 'StreamArn'), StartingPosition: edge.config['StartingPosition'] ?? 'TRIM_HORIZON', BatchSize: edge.config['BatchSize'] ?? 100 } }] as const),
  ]);
  return {
    [logicalId(config['name'])]: {
      Type: 'AWS::Serverless::Function',
      Properties: {
        FunctionName: config['name'],
        Runtime: config['Runtime'],
        Handler: config['Handler'],
        CodeUri: `${String(config['name'])}/`,
        MemorySize: config['MemorySize'],
        Timeout: config['Timeout'],
        EphemeralStorage: { Size: config['EphemeralStorage'] },
        Architectures: [config['Architecture']],
        Environment: { Variables: config['Environment'] },
        ...(config['Tracing'] === 'Active' ? { Tracing: 'Active' } : {}),
        ...(config['ReservedConcurrentExecutions'] === null || config['ReservedConcurrentExecutions'] === undefined ? {} : { ReservedConcurrentExecutions: config['ReservedConcurrentExecutions'] }),
        ...(Object.keys(events).length === 0 ? {} : { Events: events }),
      },
    },
  };
}

export const manifest = defineManifest({
  id: 'lambda',
  title: 'Lambda function',
  noun: 'Function',
  summary: 'Runs your handler for each event, in environments that come and go.',
  family: 'invocation',
  icon: 'function',
  shortcut: 'L',
  paletteOrder: 40,
  config: configSchema,
  nameBase: 'worker',
  files: { 'index.mjs': HANDLER },
  provides: ['target', 'api'],
  arn: (own, at) => `arn:aws:lambda:${at.region}:${at.account}:function:${String(own['name'])}`,
  owns: (own, arn) => arn.startsWith('arn:aws:logs:') && arn.split(':')[6] === `/aws/lambda/${String(own['name'])}`,
  load: { operation: 'Invoke', aim: (input, arn) => ({ ...input, FunctionName: arn.split(':')[6] }) },
  edges,
  refusals: [
    { fromService: 'sqs', toService: 'lambda', sentence: 'A queue does not push. Lambda asks it for work: that is an event source mapping.', offer: { port: 'lambda.event-source-mapping', swap: false } },
    { fromService: 'clips', toService: 'lambda', sentence: 'A clip goes to a bucket first. The bucket can tell the function.' },
  ],
  deploy: deployFunction,
  update: updateFunction,
  remove: removeFunction,
  resourcePolicy,
  lints,
  faults: ['throw', 'slow', 'timeout', 'out-of-memory', 'throttle'],
  prices,
  cost,
  metrics,
  timeline,
  simplified: [
    'Placing an environment, fetching its code and starting Node.js take times drawn from published measurements; AWS publishes no numbers.',
    'Loading costs 25 ms for each MB of a package, imported or not, beside what the engine counts while it reads the imported files.',
    'A FIFO queue or topic can be named for dead letters and destinations; nothing arrives there, and the trace says so.',
    'An idle environment ends after 10 minutes, and every one within two to four hours: measured by others, not promised by AWS.',
    'JavaScript takes time by a count of what the engine does: about as long as in Node.js on one vCPU, within a small factor.',
    'An edit of code or settings on the canvas takes effect at once, also while a function is busy: only what runs goes on with the old. Through the API an update takes a second.',
    'A quiet mapping keeps five pollers, where AWS may go down to two; with a window it does not wait out the long poll.',
    'Calls from a handler take 4 ms each way, and bytes travel at 625 Mbit/s.',
    'Max Memory Used counts the handler’s memory, not that of programs it starts.',
    'Rights for destinations and dead-letter queues are checked when something is sent, not when they are set.',
    'X-Ray segments are trace events: there is no X-Ray console.',
    'Metrics of concurrency are told when an invocation begins. Of a request through an alias that was dropped before a version was chosen no metric has an executed version. A mapping counts as failed what its function failed with, reported, or could not be invoked with; throttled tries count as invoked, as AWS says.',
    'A function in a VPC waits for its network interface when it is made, and again after 14 idle days; subnets and groups are names only, and what leads out of the VPC is a setting of the function.',
    'The free tier is not taken off the bill, and every GB-second costs what the first tier does.',
    'A fetch reaches the partner hosts of the canvas; whoever else is asked has no address.',
    'Texts of refusals are recalled where no recorded answer has them; their names and codes are AWS’s.',
    'Between refused tries of a batch Lambda waits 1 s, then twice as long each time up to five minutes; AWS publishes no law for mappings. A dead letter of an event that never ran has the error code 429, as recalled.',
    'The rates of Lambda’s own API (15 calls a second for most) are not limited.',
    'Extensions (and the metric of their time), container images, function URLs, response streaming, SnapStart and file systems are not modelled.',
    'A poller of provisioned mode has ten batches in progress; that it takes no more than 1 MB and ten polls a second, and what it costs by the hour, is not modelled.',
  ],
  sam,
});
