/** Buckets, their policy and their notification configuration. @source aws/other-services.md §3, aws/observed.md K @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { AwsError } from '../../../sim/errors.ts';
import { operation } from '../../../sim/service.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { readBucketPolicy } from './bucket-policy.ts';
import { checkArns, checkDestinations } from './destinations.ts';
import { BUCKETS_PAGE_MAX, RULES_MAX } from './limits.ts';
import { bucketOf } from './state.ts';
import { setVersioning } from './versions.ts';
import type { NotificationRule, S3Context, S3State, S3Tuning } from './state.ts';

const SOURCE = 'aws/other-services.md §3 (Amazon S3 API reference, 2026)';
const input = z.object({ Bucket: z.string() });
const arn = (_: S3Context, { Bucket }: { Bucket: string }): string => `arn:aws:s3:::${Bucket}`;

const filter = z.object({ Key: z.object({ FilterRules: z.array(z.object({ Name: z.string(), Value: z.string() })).optional() }).optional() }).optional();
const rule = { Id: z.string().optional(), Events: z.array(z.string()).min(1), Filter: filter };
const configuration = z.object({
  QueueConfigurations: z.array(z.object({ ...rule, QueueArn: z.string() })).optional(),
  TopicConfigurations: z.array(z.object({ ...rule, TopicArn: z.string() })).optional(),
  LambdaFunctionConfigurations: z.array(z.object({ ...rule, LambdaFunctionArn: z.string() })).optional(),
  EventBridgeConfiguration: z.object({}).optional(),
});
type Configuration = z.infer<typeof configuration>;

function rulesOf(context: S3Context, given: Configuration): NotificationRule[] {
  const read = (item: { Id?: string | undefined; Events: string[]; Filter?: z.infer<typeof filter> }, kind: NotificationRule['kind'], target: string): NotificationRule => {
    const value = (name: string): string => item.Filter?.Key?.FilterRules?.find((candidate) => candidate.Name.toLowerCase() === name)?.Value ?? '';
    return { id: item.Id ?? context.uuid('s3.notification-id'), kind, arn: target, events: item.Events, prefix: value('prefix'), suffix: value('suffix') };
  };
  return [
    ...(given.QueueConfigurations ?? []).map((item) => read(item, 'queue', item.QueueArn)),
    ...(given.TopicConfigurations ?? []).map((item) => read(item, 'topic', item.TopicArn)),
    ...(given.LambdaFunctionConfigurations ?? []).map((item) => read(item, 'function', item.LambdaFunctionArn)),
  ];
}

/** Every event type that a rule may name. @source aws/other-services.md §3 (Amazon S3 user guide, event notification types) */
const EVENT_TYPES: readonly string[] = [
  ...['*', 'Put', 'Post', 'Copy', 'CompleteMultipartUpload'].map((name) => `s3:ObjectCreated:${name}`),
  ...['*', 'Delete', 'DeleteMarkerCreated'].map((name) => `s3:ObjectRemoved:${name}`),
  ...['*', 'Post', 'Completed', 'Delete'].map((name) => `s3:ObjectRestore:${name}`),
  's3:ReducedRedundancyLostObject',
  ...['*', 'OperationFailedReplication', 'OperationMissedThreshold', 'OperationReplicatedAfterThreshold', 'OperationNotTracked'].map((name) => `s3:Replication:${name}`),
  ...['*', 'Delete', 'DeleteMarkerCreated'].map((name) => `s3:LifecycleExpiration:${name}`),
  's3:LifecycleTransition',
  's3:IntelligentTiering',
  ...['*', 'Put', 'Delete'].map((name) => `s3:ObjectTagging:${name}`),
  's3:ObjectAcl:Put',
];

/** @throws AwsError InvalidArgument for an event or a filter that S3 does not know, for two rules with one id, and for too many */
function checkRules(given: Configuration, rules: readonly NotificationRule[]): void {
  const unknown = rules.flatMap(({ events }) => events).find((event) => !EVENT_TYPES.includes(event));
  if (unknown !== undefined) throw new AwsError('InvalidArgument', 'The event is not supported for notifications', { data: { ArgumentName: 'Event', ArgumentValue: unknown } });
  const items = [...(given.QueueConfigurations ?? []), ...(given.TopicConfigurations ?? []), ...(given.LambdaFunctionConfigurations ?? [])];
  for (const { Filter } of items) {
    const names = (Filter?.Key?.FilterRules ?? []).map(({ Name }) => Name);
    const filters = names.map((name) => name.toLowerCase());
    const wrong = names.find((name) => !/^(prefix|suffix)$/i.test(name));
    if (wrong !== undefined) throw new AwsError('InvalidArgument', 'filter rule name must be either prefix or suffix', { data: { ArgumentName: 'FilterRule.Name', ArgumentValue: wrong } });
    if (new Set(filters).size < filters.length) throw new AwsError('InvalidArgument', `Cannot specify more than one ${filters[0]} rule in a filter.`, { data: { ArgumentName: 'FilterRule.Name', ArgumentValue: filters[0]! } });
  }
  if (new Set(rules.map(({ id }) => id)).size < rules.length) throw new AwsError('InvalidArgument', 'Same ID used for multiple configurations. ID must be unique.');
  if (rules.length > RULES_MAX) throw new AwsError('InvalidArgument', `A bucket can have at most ${RULES_MAX} notification configurations.`);
}

/** Two rules for one event type may not both fit one key. */
function checkOverlap(rules: readonly NotificationRule[]): void {
  const families = (event: string): string => event.split(':').slice(0, 2).join(':');
  const meet = (a: string, b: string): boolean => a === b || (families(a) === families(b) && (a.endsWith('*') || b.endsWith('*')));
  rules.forEach((one, i) => {
    for (const other of rules.slice(i + 1)) {
      const event = one.events.some((a) => other.events.some((b) => meet(a, b)));
      const prefix = one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix);
      const suffix = one.suffix.endsWith(other.suffix) || other.suffix.endsWith(one.suffix);
      if (event && prefix && suffix) throw new AwsError('InvalidArgument', 'Configurations overlap. Configurations on the same bucket cannot share a common event type.');
    }
  });
}

export const bucketOperations: OperationTable<S3State, S3Tuning> = {
  CreateBucket: operation({
    input: input.extend({ CreateBucketConfiguration: z.object({ LocationConstraint: z.string().optional() }).optional() }),
    action: 's3:CreateBucket',
    resource: arn,
    writes: true,
    errors: ['BucketAlreadyOwnedByYou', 'InvalidBucketName'],
    source: SOURCE,
    http: { method: 'PUT', uri: '/{Bucket}', payload: 'CreateBucketConfiguration' },
    handle: (context: S3Context, { Bucket: name }) => {
      if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes('..')) throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', { data: { BucketName: name } });
      const bucketArn = `arn:aws:s3:::${name}`;
      if (context.state.buckets.has(name)) {
        if (context.region === 'us-east-1') return { Location: `/${name}` };
        throw new AwsError('BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.', { status: 409 });
      }
      context.state.buckets.set(name, { name, arn: bucketArn, createdMs: context.epochMs, objects: new Map(), versioning: undefined, versions: new Map(), uploads: new Map(), notifications: [], eventBridge: false, policy: undefined, nextSequencer: 1, totals: { puts: 0, gets: 0, notified: 0 } });
      context.emit('s3.BucketCreated', bucketArn, { name });
      return { Location: `/${name}` };
    },
  }),
  DeleteBucket: operation({
    input,
    action: 's3:DeleteBucket',
    resource: arn,
    writes: true,
    errors: ['NoSuchBucket', 'BucketNotEmpty'],
    source: SOURCE,
    http: { method: 'DELETE', uri: '/{Bucket}', status: 204 },
    handle: (context: S3Context, { Bucket: name }) => {
      const bucket = bucketOf(context, name);
      if (bucket.objects.size > 0) throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', { status: 409, data: { BucketName: name } });
      if (bucket.versions.size > 0) throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.', { status: 409, data: { BucketName: name } });
      context.state.buckets.delete(name);
      context.emit('s3.BucketDeleted', bucket.arn, { name });
      return {};
    },
  }),
  HeadBucket: operation({
    input,
    action: 's3:ListBucket',
    resource: arn,
    writes: false,
    errors: ['NotFound'],
    source: SOURCE,
    http: { method: 'HEAD', uri: '/{Bucket}' },
    handle: (context: S3Context, { Bucket: name }) => {
      if (!context.state.buckets.has(name)) throw new AwsError('NotFound', 'UnknownError', { status: 404 });
      return { BucketRegion: context.region };
    },
  }),
  ListBuckets: operation({
    input: z.object({ MaxBuckets: z.int().min(1).max(BUCKETS_PAGE_MAX).optional(), ContinuationToken: z.string().min(1).optional(), Prefix: z.string().optional(), BucketRegion: z.string().optional() }),
    action: 's3:ListAllMyBuckets',
    resource: () => '*',
    writes: false,
    errors: [],
    source: SOURCE,
    pages: { inputToken: 'ContinuationToken', outputToken: 'ContinuationToken', pageSize: 'MaxBuckets' },
    http: { method: 'GET', uri: '/', output: { root: 'ListAllMyBucketsResult' } },
    handle: (context: S3Context, { MaxBuckets = BUCKETS_PAGE_MAX, ContinuationToken: after, Prefix, BucketRegion }) => {
      const wanted = [...context.state.buckets.values()].filter(({ name }) => name.startsWith(Prefix ?? '') && (after === undefined || name > after) && (BucketRegion ?? context.region) === context.region).sort((a, b) => (a.name < b.name ? -1 : 1));
      const page = wanted.slice(0, MaxBuckets);
      return {
        Buckets: page.map((bucket) => ({ Name: bucket.name, CreationDate: { $date: bucket.createdMs } })),
        Owner: { ID: context.account },
        ...(wanted.length > page.length ? { ContinuationToken: page[page.length - 1]!.name } : {}),
        ...(Prefix === undefined ? {} : { Prefix }),
      };
    },
  }),
  PutBucketNotificationConfiguration: operation({
    input: input.extend({ NotificationConfiguration: configuration, SkipDestinationValidation: z.boolean().optional() }),
    action: 's3:PutBucketNotification',
    resource: arn,
    writes: true,
    errors: ['NoSuchBucket', 'InvalidArgument'],
    source: SOURCE,
    http: { method: 'PUT', uri: '/{Bucket}?notification', payload: 'NotificationConfiguration' },
    simplified: ['EventBridge delivery starts at once; on AWS it takes about five minutes.'],
    handle: (context: S3Context, given, call) => {
      const bucket = bucketOf(context, given.Bucket);
      const rules = rulesOf(context, given.NotificationConfiguration);
      checkArns(rules);
      checkRules(given.NotificationConfiguration, rules);
      checkOverlap(rules);
      if (!given.SkipDestinationValidation) checkDestinations(context, bucket, { rules, requestId: call.requestId });
      bucket.notifications = rules;
      bucket.eventBridge = given.NotificationConfiguration.EventBridgeConfiguration !== undefined;
      context.emit('s3.NotificationsSet', bucket.arn, { targets: rules.map((item) => item.arn), eventBridge: bucket.eventBridge });
      return {};
    },
  }),
  GetBucketNotificationConfiguration: operation({
    input,
    action: 's3:GetBucketNotification',
    resource: arn,
    writes: false,
    errors: ['NoSuchBucket'],
    source: SOURCE,
    http: { method: 'GET', uri: '/{Bucket}?notification', output: { root: 'NotificationConfiguration' } },
    handle: (context: S3Context, given) => {
      const bucket = bucketOf(context, given.Bucket);
      const listed = (kind: NotificationRule['kind'], member: string): object[] =>
        bucket.notifications
          .filter((item) => item.kind === kind)
          .map((item) => {
            const rules = [...(item.prefix ? [{ Name: 'Prefix', Value: item.prefix }] : []), ...(item.suffix ? [{ Name: 'Suffix', Value: item.suffix }] : [])];
            return { Id: item.id, [member]: item.arn, Events: item.events, ...(rules.length > 0 ? { Filter: { Key: { FilterRules: rules } } } : {}) };
          });
      const queues = listed('queue', 'QueueArn');
      const topics = listed('topic', 'TopicArn');
      const functions = listed('function', 'LambdaFunctionArn');
      return {
        ...(queues.length > 0 ? { QueueConfigurations: queues } : {}),
        ...(topics.length > 0 ? { TopicConfigurations: topics } : {}),
        ...(functions.length > 0 ? { LambdaFunctionConfigurations: functions } : {}),
        ...(bucket.eventBridge ? { EventBridgeConfiguration: {} } : {}),
      };
    },
  }),
  PutBucketPolicy: operation({
    input: input.extend({ Policy: z.string() }),
    action: 's3:PutBucketPolicy',
    resource: arn,
    writes: true,
    errors: ['NoSuchBucket', 'MalformedPolicy'],
    source: SOURCE,
    http: { method: 'PUT', uri: '/{Bucket}?policy', payload: 'Policy', status: 204 },
    handle: (context: S3Context, given) => {
      const bucket = bucketOf(context, given.Bucket);
      bucket.policy = readBucketPolicy(bucket, given.Policy);
      return {};
    },
  }),
  GetBucketPolicy: operation({
    input,
    action: 's3:GetBucketPolicy',
    resource: arn,
    writes: false,
    errors: ['NoSuchBucket', 'NoSuchBucketPolicy'],
    source: SOURCE,
    http: { method: 'GET', uri: '/{Bucket}?policy', output: { payload: 'Policy' } },
    handle: (context: S3Context, given) => {
      const { policy } = bucketOf(context, given.Bucket);
      if (policy === undefined) throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', { status: 404 });
      return { Policy: JSON.stringify(policy) };
    },
  }),
  DeleteBucketPolicy: operation({
    input,
    action: 's3:DeleteBucketPolicy',
    resource: arn,
    writes: true,
    errors: ['NoSuchBucket'],
    source: SOURCE,
    http: { method: 'DELETE', uri: '/{Bucket}?policy', status: 204 },
    handle: (context: S3Context, given) => {
      bucketOf(context, given.Bucket).policy = undefined;
      return {};
    },
  }),
  PutBucketVersioning: operation({
    input: input.extend({ VersioningConfiguration: z.object({ Status: z.enum(['Enabled', 'Suspended']), MFADelete: z.enum(['Disabled']).optional() }) }),
    action: 's3:PutBucketVersioning',
    resource: arn,
    writes: true,
    errors: ['NoSuchBucket'],
    source: SOURCE,
    http: { method: 'PUT', uri: '/{Bucket}?versioning', payload: 'VersioningConfiguration' },
    handle: (context: S3Context, given) => {
      const bucket = bucketOf(context, given.Bucket);
      setVersioning(bucket, given.VersioningConfiguration.Status);
      context.emit('s3.VersioningSet', bucket.arn, { status: given.VersioningConfiguration.Status });
      return {};
    },
  }),
  GetBucketVersioning: operation({
    input,
    action: 's3:GetBucketVersioning',
    resource: arn,
    writes: false,
    errors: ['NoSuchBucket'],
    source: SOURCE,
    http: { method: 'GET', uri: '/{Bucket}?versioning', output: { root: 'VersioningConfiguration' } },
    handle: (context: S3Context, given) => {
      const { versioning } = bucketOf(context, given.Bucket);
      return versioning === undefined ? {} : { Status: versioning };
    },
  }),
  GetBucketLocation: operation({
    input,
    action: 's3:GetBucketLocation',
    resource: arn,
    writes: false,
    errors: ['NoSuchBucket'],
    source: SOURCE,
    http: { method: 'GET', uri: '/{Bucket}?location', output: { root: 'LocationConstraint' } },
    handle: (context: S3Context, given) => {
      bucketOf(context, given.Bucket);
      // us-east-1 has no constraint.
      return context.region === 'us-east-1' ? {} : { LocationConstraint: context.region };
    },
  }),
};
