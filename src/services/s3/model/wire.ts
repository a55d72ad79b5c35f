/** S3's names on the wire: which member is which header, query name or element. @source Amazon S3 API reference, 2026 */
import type { XmlNames } from '../../../sim/service.ts';

const HEADERS = ['CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage', 'ContentLength', 'ContentRange', 'ContentType', 'AcceptRanges', 'LastModified', 'Location', 'Range', 'IfMatch', 'IfNoneMatch', 'IfModifiedSince', 'IfUnmodifiedSince'];
const AMAZON_HEADERS = ['BucketRegion', 'ChecksumAlgorithm', 'ChecksumMode', 'ChecksumType', 'CopySource', 'CopySourceIfMatch', 'CopySourceIfModifiedSince', 'CopySourceIfNoneMatch', 'CopySourceIfUnmodifiedSince', 'CopySourceVersionId', 'DeleteMarker', 'MetadataDirective', 'SkipDestinationValidation', 'StorageClass', 'Tagging', 'TaggingDirective', 'VersionId'];
const QUERY = ['ContinuationToken', 'Delimiter', 'EncodingType', 'FetchOwner', 'KeyMarker', 'Marker', 'MaxKeys', 'MaxParts', 'MaxUploads', 'PartNumberMarker', 'Prefix', 'StartAfter', 'UploadIdMarker', 'VersionIdMarker', 'MaxBuckets', 'BucketRegion'];

const kebab = (member: string): string => member.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

export const s3Names: XmlNames = {
  namespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
  headers: {
    ...Object.fromEntries(HEADERS.map((member) => [kebab(member), member])),
    ...Object.fromEntries(AMAZON_HEADERS.map((member) => [`x-amz-${kebab(member)}`, member])),
    ...Object.fromEntries(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'].map((name) => [`x-amz-checksum-${name.toLowerCase()}`, `Checksum${name}`])),
    etag: 'ETag',
    'content-md5': 'ContentMD5',
    'x-amz-tagging-count': 'TagCount',
    'x-amz-mp-parts-count': 'PartsCount',
    'x-amz-sdk-checksum-algorithm': 'ChecksumAlgorithm',
  },
  query: { ...Object.fromEntries(QUERY.map((member) => [kebab(member), member])), partNumber: 'PartNumber', uploadId: 'UploadId', versionId: 'VersionId' },
  prefixHeaders: { 'x-amz-meta-': 'Metadata' },
  elements: {
    Errors: 'Error',
    Parts: 'Part',
    Objects: 'Object',
    Uploads: 'Upload',
    Versions: 'Version',
    DeleteMarkers: 'DeleteMarker',
    QueueConfigurations: 'QueueConfiguration',
    TopicConfigurations: 'TopicConfiguration',
    LambdaFunctionConfigurations: 'CloudFunctionConfiguration',
    QueueArn: 'Queue',
    TopicArn: 'Topic',
    LambdaFunctionArn: 'CloudFunction',
    Events: 'Event',
    FilterRules: 'FilterRule',
    'Filter.Key': 'S3Key',
  },
  wrapped: { Buckets: 'Bucket', TagSet: 'Tag' },
  hostLabel: true,
};
