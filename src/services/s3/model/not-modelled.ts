/** Operations of AWS's client (2026) that are not modelled: calls are refused by name. */
export const notModelled: readonly string[] = [
  'CreateBucketMetadataConfiguration', 'CreateBucketMetadataTableConfiguration', 'CreateSession', 'DeleteBucketAnalyticsConfiguration', 'DeleteBucketCors',
  'DeleteBucketEncryption', 'DeleteBucketIntelligentTieringConfiguration', 'DeleteBucketInventoryConfiguration', 'DeleteBucketLifecycle',
  'DeleteBucketMetadataConfiguration', 'DeleteBucketMetadataTableConfiguration', 'DeleteBucketMetricsConfiguration', 'DeleteBucketOwnershipControls',
  'DeleteBucketReplication', 'DeleteBucketTagging', 'DeleteBucketWebsite', 'DeleteObjectAnnotation', 'DeletePublicAccessBlock', 'GetBucketAbac',
  'GetBucketAccelerateConfiguration', 'GetBucketAcl', 'GetBucketAnalyticsConfiguration', 'GetBucketCors', 'GetBucketEncryption',
  'GetBucketIntelligentTieringConfiguration', 'GetBucketInventoryConfiguration', 'GetBucketLifecycleConfiguration', 'GetBucketLogging',
  'GetBucketMetadataConfiguration', 'GetBucketMetadataTableConfiguration', 'GetBucketMetricsConfiguration', 'GetBucketOwnershipControls', 'GetBucketPolicyStatus',
  'GetBucketReplication', 'GetBucketRequestPayment', 'GetBucketTagging', 'GetBucketWebsite', 'GetObjectAcl', 'GetObjectAnnotation', 'GetObjectAttributes',
  'GetObjectLegalHold', 'GetObjectLockConfiguration', 'GetObjectRetention', 'GetObjectTorrent', 'GetPublicAccessBlock', 'ListBucketAnalyticsConfigurations',
  'ListBucketIntelligentTieringConfigurations', 'ListBucketInventoryConfigurations', 'ListBucketMetricsConfigurations', 'ListDirectoryBuckets',
  'ListObjectAnnotations', 'PostObject', 'PutBucketAbac', 'PutBucketAccelerateConfiguration', 'PutBucketAcl', 'PutBucketAnalyticsConfiguration', 'PutBucketCors',
  'PutBucketEncryption', 'PutBucketIntelligentTieringConfiguration', 'PutBucketInventoryConfiguration', 'PutBucketLifecycleConfiguration', 'PutBucketLogging',
  'PutBucketMetricsConfiguration', 'PutBucketOwnershipControls', 'PutBucketReplication', 'PutBucketRequestPayment', 'PutBucketTagging', 'PutBucketWebsite',
  'PutObjectAcl', 'PutObjectAnnotation', 'PutObjectLegalHold', 'PutObjectLockConfiguration', 'PutObjectRetention', 'PutPublicAccessBlock', 'RenameObject',
  'RestoreObject', 'SelectObjectContent', 'UpdateBucketMetadataAnnotationTableConfiguration', 'UpdateBucketMetadataInventoryTableConfiguration',
  'UpdateBucketMetadataJournalTableConfiguration', 'UpdateObjectEncryption', 'WriteGetObjectResponse',
];
