/** State of CloudWatch: what was reported by PutMetricData, and alarms. Metrics of services are read off the trace. */
import type { Context } from '../../../sim/service.ts';
import type { Alarm } from './alarms/alarm.ts';

/** Something measured: one value `count` times, or a set of which only the statistics are known. */
export interface Sample {
  /** Virtual epoch time, µs. */
  readonly atUs: number;
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface CustomMetric extends Metric {
  readonly unit: string;
  readonly samples: Sample[];
}

export interface MonitoringState {
  /** By namespace, name, dimensions and unit. */
  readonly custom: Map<string, CustomMetric>;
  /** By name. */
  readonly alarms: Map<string, Alarm>;
  nextAlarm: number;
}

export type MonitoringContext = Context<MonitoringState, object>;

/** Our own name of a namespace in the trace: CloudWatch gives metrics no ARN. */
export function namespaceArn(context: MonitoringContext, namespace: string): string {
  return `arn:aws:monitoring:${context.region}:${context.account}:namespace/${namespace}`;
}

/** One text for one metric, whatever the order of its dimensions. */
export function metricKey({ namespace, name, dimensions }: Metric): string {
  return JSON.stringify([namespace, name, Object.keys(dimensions).sort().map((dimension) => [dimension, dimensions[dimension]])]);
}
