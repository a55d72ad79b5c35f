/** Operations of AWS's client (2026) that are not modelled: calls are refused by name. */
export const notModelled: readonly string[] = [
  'AssociateDatasetKmsKey', 'CreateResourceMetricsConfiguration', 'DeleteAlarmMuteRule', 'DeleteAlarms', 'DeleteAnomalyDetector', 'DeleteDashboards',
  'DeleteInsightRules', 'DeleteMetricStream', 'DeleteResourceMetricsConfiguration', 'DescribeAlarmContributors', 'DescribeAlarmHistory', 'DescribeAlarms',
  'DescribeAlarmsForMetric', 'DescribeAnomalyDetectors', 'DescribeInsightRules', 'DisableAlarmActions', 'DisableInsightRules', 'DisassociateDatasetKmsKey',
  'EnableAlarmActions', 'EnableInsightRules', 'GetAlarmMuteRule', 'GetDashboard', 'GetDataset', 'GetInsightRuleReport', 'GetMetricStream', 'GetMetricWidgetImage',
  'GetOTelEnrichment', 'GetResourceMetricsConfiguration', 'ListAlarmMuteRules', 'ListDashboards', 'ListManagedInsightRules', 'ListMetricStreams',
  'ListTagsForResource', 'PutAlarmMuteRule', 'PutAnomalyDetector', 'PutCompositeAlarm', 'PutDashboard', 'PutInsightRule', 'PutLogAlarm', 'PutManagedInsightRules',
  'PutMetricAlarm', 'PutMetricStream', 'SetAlarmState', 'StartMetricStreams', 'StartOTelEnrichment', 'StopMetricStreams', 'StopOTelEnrichment', 'TagResource',
  'UntagResource', 'UpdateOTelEnrichment', 'UpdateResourceMetricsConfiguration',
];
