/** S3 on the canvas: a bucket, its notifications and its EventBridge switch. */
import { z } from 'zod';
import { defineManifest } from '../../../sim/manifest.ts';
import type { ApiCall, DeployEnvironment, MetricDatum, ScenarioEdge, ScenarioNode } from '../../../sim/manifest.ts';
import type { TraceEvent } from '../../../sim/trace.ts';
import { parseArn } from '../../../sim/principal.ts';

const config = z.object({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'A bucket name has 3 to 63 lower-case letters, digits, dots or hyphens.')
    .meta({ label: 'Name', group: 'Bucket' }),
  Versioning: z.enum(['Off', 'Enabled', 'Suspended']).default('Off').meta({ label: 'Versions', group: 'Bucket', help: 'Enabled keeps every version of an object; a delete then puts a marker on top. Once it was on, it can only be suspended.' }),
});

const notificationConfig = z.object({
  Events: z.enum(['s3:ObjectCreated:*', 's3:ObjectCreated:Put', 's3:ObjectCreated:Copy', 's3:ObjectCreated:CompleteMultipartUpload', 's3:ObjectRemoved:*', 's3:ObjectRemoved:Delete', 's3:ObjectRemoved:DeleteMarkerCreated', 's3:ObjectTagging:*']).default('s3:ObjectCreated:*').meta({ label: 'Events', group: 'Notification' }),
  Prefix: z.string().max(1024).default('').meta({ label: 'Prefix', group: 'Notification', help: 'Only keys that begin with this.' }),
  Suffix: z.string().max(1024).default('').meta({ label: 'Suffix', group: 'Notification', help: 'Only keys that end with this.' }),
});

/** A bucket has one notification configuration: each change of an edge puts the whole of it. */
function configuration(bucketId: string, environment: DeployEnvironment, edges: readonly ScenarioEdge[]): ApiCall {
  const own = edges.filter((edge) => edge.from === bucketId);
  const rules = own.filter((edge) => edge.port === 's3.notification');
  const of = (edge: ScenarioEdge, member: string): object => {
    const filters = [
      ...(edge.config['Prefix'] ? [{ Name: 'Prefix', Value: edge.config['Prefix'] }] : []),
      ...(edge.config['Suffix'] ? [{ Name: 'Suffix', Value: edge.config['Suffix'] }] : []),
    ];
    return { Id: edge.id, [member]: environment.arnOf(edge.to), Events: [edge.config['Events'] ?? 's3:ObjectCreated:*'], ...(filters.length > 0 ? { Filter: { Key: { FilterRules: filters } } } : {}) };
  };
  const byService = (service: string, member: string): object[] => rules.filter((edge) => parseArn(environment.arnOf(edge.to)).service === service).map((edge) => of(edge, member));
  return {
    service: 's3',
    operation: 'PutBucketNotificationConfiguration',
    input: {
      Bucket: String(environment.node(bucketId)?.config['name']),
      NotificationConfiguration: {
        QueueConfigurations: byService('sqs', 'QueueArn'),
        TopicConfigurations: byService('sns', 'TopicArn'),
        LambdaFunctionConfigurations: byService('lambda', 'LambdaFunctionArn'),
        ...(own.some((edge) => edge.port === 's3.events') ? { EventBridgeConfiguration: {} } : {}),
      },
    },
  };
}
const put = (edge: ScenarioEdge, environment: DeployEnvironment): ApiCall[] => [configuration(edge.from, environment, environment.edgesOf(edge.from))];
const without = (edge: ScenarioEdge, environment: DeployEnvironment): ApiCall[] => [configuration(edge.from, environment, environment.edgesOf(edge.from).filter((other) => other.id !== edge.id))];
const versioning = (node: ScenarioNode): ApiCall[] =>
  node.config['Versioning'] === undefined || node.config['Versioning'] === 'Off' ? [] : [{ service: 's3', operation: 'PutBucketVersioning', input: { Bucket: bucketName(node), VersioningConfiguration: { Status: node.config['Versioning'] } } }];
const bucketName = (node: ScenarioNode): string => String(node.config['name']);

/** Request metrics of a bucket, as its filter for the entire bucket reports them. @source Amazon S3 user guide, metrics and dimensions */
function requestMetrics(event: TraceEvent): readonly MetricDatum[] {
  const counted: Readonly<Record<string, string>> = { 's3.ObjectCreated': 'PutRequests', 's3.PartUploaded': 'PutRequests', 's3.ObjectRead': 'GetRequests', 's3.ObjectDeleted': 'DeleteRequests' };
  const metric = counted[event.kind];
  if (metric === undefined) return [];
  const datum = (name: string, value: number, unit: MetricDatum['unit']): MetricDatum => ({ namespace: 'AWS/S3', metric: name, dimensions: { BucketName: event.resource.slice('arn:aws:s3:::'.length), FilterId: 'EntireBucket' }, value, unit });
  const bytes = { PutRequests: 'BytesUploaded', GetRequests: 'BytesDownloaded' }[metric];
  return [datum(metric, 1, 'Count'), datum('AllRequests', 1, 'Count'), ...(bytes === undefined ? [] : [datum(bytes, Number(event.data['size']), 'Bytes')])];
}

export const manifest = defineManifest({
  id: 's3',
  title: 'S3 bucket',
  noun: 'Bucket',
  summary: 'Keeps objects, and tells others when one arrives.',
  family: 'object',
  icon: 'bucket',
  shortcut: 'B',
  paletteOrder: 10,
  config,
  nameBase: 'uploads',
  cliCommand: 's3api',
  provides: ['store', 'api'],
  arn: (own) => `arn:aws:s3:::${String(own['name'])}`,
  load: { operation: 'PutObject', aim: (input, arn) => ({ ...input, Bucket: arn.split(':')[5] }) },
  edges: [
    {
      id: 's3.events',
      label: 'Object Created',
      icon: 'bus',
      owner: 'from',
      needs: 'target',
      services: ['events'],
      style: 'push',
      shape: 'event',
      ownerMax: 1,
      config: z.object({}),
      refuse: (_, to) => (to.config['name'] === 'default' ? null : 'S3 sends its events to the default bus of the account.'),
      deploy: put,
      remove: without,
    },
    {
      id: 's3.notification',
      label: 'notifies',
      icon: 'share',
      owner: 'from',
      needs: 'target',
      services: ['sqs', 'sns', 'lambda'],
      style: 'push',
      shape: 'message',
      config: notificationConfig,
      deploy: put,
      update: (_, after, environment) => put(after, environment),
      remove: without,
      resourceStatement: (edge, environment) => {
        const arn = environment.arnOf(edge.to);
        const action = { sqs: 'sqs:SendMessage', sns: 'sns:Publish', lambda: 'lambda:InvokeFunction' }[parseArn(arn).service];
        return action === undefined
          ? null
          : { Sid: `s3-${edge.id}`, Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: action, Resource: arn, Condition: { ArnLike: { 'aws:SourceArn': environment.arnOf(edge.from) }, StringEquals: { 'aws:SourceAccount': environment.account } } };
      },
    },
  ],
  refusals: [{ fromService: 's3', toService: 's3', sentence: 'A bucket does not copy to another by itself here. A function can: connect the bucket to a function, and the function to the other bucket.' }],
  deploy: (node) => [{ service: 's3', operation: 'CreateBucket', input: { Bucket: bucketName(node) } }, ...versioning(node)],
  update: (before, after) => {
    if (bucketName(before) !== bucketName(after)) return null;
    if (before.config['Versioning'] === after.config['Versioning']) return [];
    // Nothing leads back to a bucket that never had versions.
    return versioning(after).length === 0 ? null : versioning(after);
  },
  remove: (node) => [{ service: 's3', operation: 'DeleteBucket', input: { Bucket: bucketName(node) } }],
  upload: (node, file) => ({ service: 's3', operation: 'PutObject', input: { Bucket: bucketName(node), Key: file.key, Body: { $blob: file.blob }, ContentType: /\.(mp4|m4v)$/i.test(file.key) ? 'video/mp4' : 'application/octet-stream' } }),
  prices: {
    put: { label: 'S3 PUT, COPY, LIST', usd: 0.005 / 1000, source: 'aws/other-services.md §3: $0.005 per 1,000, us-east-1' },
    get: { label: 'S3 GET', usd: 0.0004 / 1000, source: 'aws/other-services.md §3: $0.0004 per 1,000, us-east-1' },
  },
  cost: (event) => {
    if (event.kind === 's3.ObjectCreated' || event.kind === 's3.PartUploaded' || event.kind === 's3.UploadBegun') return [{ unit: 'put', quantity: 1 }];
    return event.kind === 's3.ObjectRead' ? [{ unit: 'get', quantity: 1 }] : [];
  },
  metrics: requestMetrics,
  timeline: (event) => (event.kind === 's3.ObjectCreated' || event.kind === 's3.ObjectDeleted' ? [{ kind: 'level', resource: event.resource, series: 'objects', value: Number(event.data['objects']) }] : []),
  simplified: [
    'EventBridge delivery starts at once; on AWS it takes about five minutes.',
    'A notification arrives once, after a fifth of a second as a rule; on AWS typically within seconds, sometimes after a minute or more, and now and then twice.',
    'Lists and heads, storage and transfer are not on the bill: requests that put, copy and get are.',
    'Large bodies get an ETag that is no MD5.',
    'Request metrics count what changes or reads objects; lists and heads are not counted.',
    'Every object has the storage class STANDARD; lifecycle rules, access lists and encryption settings are not modelled.',
    'Texts of refusals are recalled, not recorded; their names and codes are AWS’s.',
  ],
  sam: (node) => ({ [bucketName(node).replace(/[^A-Za-z0-9]/g, '')]: { Type: 'AWS::S3::Bucket', Properties: { BucketName: bucketName(node), ...(versioning(node).length === 0 ? {} : { VersioningConfiguration: { Status: node.config['Versioning'] } }) } } }),
});
