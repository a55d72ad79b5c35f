/** S3's lists: objects and versions of a bucket, page by page. @source Amazon S3 API reference, ListObjectsV2, ListObjects, ListObjectVersions */
import { z } from 'zod';
import { operation } from '../../../sim/service.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { listObjects, listVersions } from './listing.ts';
import { bucketOf } from './state.ts';
import type { S3Context, S3State, S3Tuning } from './state.ts';

const SOURCE = 'aws/other-services.md §3 (Amazon S3 API reference, 2026)';
const bucketArn = (_: S3Context, input: { Bucket: string }): string => `arn:aws:s3:::${input.Bucket}`;
/** @source AWS service authorization reference, Amazon S3, condition keys (recalled) */
const conditionKeys = (_: S3Context, input: { readonly Prefix?: string | undefined; readonly Delimiter?: string | undefined; readonly MaxKeys?: number | undefined }): Record<string, string> => ({
  ...(input.Prefix === undefined ? {} : { 's3:prefix': input.Prefix }),
  ...(input.Delimiter === undefined ? {} : { 's3:delimiter': input.Delimiter }),
  ...(input.MaxKeys === undefined ? {} : { 's3:max-keys': String(input.MaxKeys) }),
});
const page = z.object({ Bucket: z.string(), Prefix: z.string().optional(), Delimiter: z.string().optional(), MaxKeys: z.int().min(0).optional(), EncodingType: z.enum(['url']).optional() });

export const listingOperations: OperationTable<S3State, S3Tuning> = {
  ListObjectsV2: operation({
    input: page.extend({ ContinuationToken: z.string().optional(), StartAfter: z.string().optional(), FetchOwner: z.boolean().optional() }),
    action: 's3:ListBucket',
    conditionKeys,
    resource: bucketArn,
    writes: false,
    errors: ['NoSuchBucket', 'InvalidArgument'],
    source: SOURCE,
    pages: { inputToken: 'ContinuationToken', outputToken: 'NextContinuationToken' },
    http: { method: 'GET', uri: '/{Bucket}?list-type=2', output: { root: 'ListBucketResult' } },
    handle: (context: S3Context, input) => listObjects(bucketOf(context, input.Bucket), { ...input, owner: input.FetchOwner === true ? context.account : undefined }),
  }),
  ListObjects: operation({
    input: page.extend({ Marker: z.string().optional() }),
    action: 's3:ListBucket',
    conditionKeys,
    resource: bucketArn,
    writes: false,
    errors: ['NoSuchBucket'],
    source: SOURCE,
    http: { method: 'GET', uri: '/{Bucket}', output: { root: 'ListBucketResult' } },
    handle: (context: S3Context, { Marker, ...input }) => {
      const { KeyCount: _, NextContinuationToken: next, ...list } = listObjects(bucketOf(context, input.Bucket), { ...input, startAfter: Marker, owner: context.account });
      // Only lists that roll keys up say where to go on; others go on after their last key.
      return { ...list, Marker: Marker ?? '', ...(next !== undefined && input.Delimiter !== undefined ? { NextMarker: next } : {}) };
    },
  }),
  ListObjectVersions: operation({
    input: page.extend({ KeyMarker: z.string().optional(), VersionIdMarker: z.string().optional() }),
    action: 's3:ListBucketVersions',
    conditionKeys,
    resource: bucketArn,
    writes: false,
    errors: ['NoSuchBucket'],
    source: SOURCE,
    simplified: ['ListObjectVersions does not roll keys up at a delimiter.'],
    http: { method: 'GET', uri: '/{Bucket}?versions', output: { root: 'ListVersionsResult' } },
    handle: (context: S3Context, input) => listVersions(bucketOf(context, input.Bucket), input),
  }),
};
