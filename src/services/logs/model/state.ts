/** State of CloudWatch Logs: groups, streams, events in order of arrival. */
import type { Context } from '../../../sim/service.ts';

export interface LogEvent {
  readonly id: string;
  readonly timestampMs: number;
  readonly ingestedMs: number;
  readonly message: string;
}

export interface LogStream {
  readonly name: string;
  readonly createdMs: number;
  readonly events: LogEvent[];
}

export interface LogGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
  retentionDays: number | undefined;
  readonly streams: Map<string, LogStream>;
  storedBytes: number;
}

export interface LogsState {
  readonly groups: Map<string, LogGroup>;
  nextEvent: number;
}

export type LogsContext = Context<LogsState, object>;

export function groupArn(context: LogsContext, name: string): string {
  return `arn:aws:logs:${context.region}:${context.account}:log-group:${name}`;
}
