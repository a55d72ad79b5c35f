/** Operations of AWS's client (2026) that are not modelled: calls are refused by name. */
export const notModelled: readonly string[] = [
  'AssociateDatasetKmsKey', 'CreateResourceMetricsConfiguration', 'DeleteAlarmMuteRule', 'DeleteAnomalyDetector', 'DeleteDashboards',
  'DeleteInsightRules', 'DeleteMetricStream', 'DeleteResourceMetricsConfiguration', 'DescribeAlarmContributors', 'DescribeAlarmHistory',
  'DescribeAnomalyDetectors', 'DescribeInsightRules', 'DisableInsightRules', 'DisassociateDatasetKmsKey',
  'EnableInsightRules', 'GetAlarmMuteRule', 'GetDashboard', 'GetDataset', 'GetInsightRuleReport', 'GetMetricStream', 'GetMetricWidgetImage',
  'GetOTelEnrichment', 'GetResourceMetricsConfiguration', 'ListAlarmMuteRules', 'ListDashboards', 'ListManagedInsightRules', 'ListMetricStreams',
  'ListTagsForResource', 'PutAlarmMuteRule', 'PutAnomalyDetector', 'PutCompositeAlarm', 'PutDashboard', 'PutInsightRule', 'PutLogAlarm', 'PutManagedInsightRules',
  'PutMetricStream', 'StartMetricStreams', 'StartOTelEnrichment', 'StopMetricStreams', 'StopOTelEnrichment', 'TagResource',
  'UntagResource', 'UpdateOTelEnrichment', 'UpdateResourceMetricsConfiguration',
];
