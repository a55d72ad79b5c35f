/** The embedded metric format: a log event that is a JSON document with `_aws` adds what it names to CloudWatch's metrics. @source aws/other-services.md §8; Amazon CloudWatch user guide, embedded metric format specification (2023-06, 2026) */
import { z } from 'zod';
import { ADMIN } from '../../../sim/principal.ts';
import type { Seq } from '../../../sim/trace.ts';
import { DIMENSION_VALUE_CHARS_MAX, EMBEDDED } from './limits.ts';
import type { LogsContext } from './state.ts';

const name = z.string().min(1).max(EMBEDDED.nameCharsMax);
const directive = z.object({
  Namespace: name,
  Dimensions: z.array(z.array(z.string().min(1).max(EMBEDDED.dimensionCharsMax)).max(EMBEDDED.dimensionsMax)).min(1),
  Metrics: z.array(z.object({ Name: name, Unit: z.string().optional(), StorageResolution: z.int().optional() })).max(EMBEDDED.metricsMax),
});
const metadata = z.object({ Timestamp: z.int(), CloudWatchMetrics: z.array(directive) });

/** What Lambda's runtime writes before a line of the console in text format. @source awslabs/aws-embedded-metrics-node, pull request 158 (2023-11): its lines go through console.log there, and are found */
const RUNTIME_PREFIX = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t\S+\t[A-Z]+\t/;

type Root = Readonly<Record<string, unknown>>;
function rootOf(message: string): Root | undefined {
  if (!message.includes('"_aws"')) return undefined;
  try {
    const root: unknown = JSON.parse(message.replace(RUNTIME_PREFIX, ''));
    return typeof root === 'object' && root !== null && '_aws' in root ? (root as Root) : undefined;
  } catch {
    return undefined;
  }
}

/** A member of the document that the metadata refers to: `a.b` is a member of that name, not one inside another. @throws Error when it is not what it must be */
function valuesOf(root: Root, member: string): readonly number[] {
  const value = root[member];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!values.every((one): one is number => typeof one === 'number')) throw new Error(`the metric ${member} has no number`);
  if (values.length > EMBEDDED.valuesMax) throw new Error(`the metric ${member} has more than ${EMBEDDED.valuesMax} values`);
  return values;
}
function dimensionOf(root: Root, member: string): object {
  const value = root[member];
  if (typeof value !== 'string' || value.length > DIMENSION_VALUE_CHARS_MAX) throw new Error(`the dimension ${member} has no text of at most ${DIMENSION_VALUE_CHARS_MAX} characters`);
  return { Name: member, Value: value };
}

/** PutMetricData calls that say the same: one for each directive, in which each metric comes once for each set of dimensions. */
function callsOf(root: Root): readonly object[] {
  const read = metadata.safeParse(root['_aws']);
  if (!read.success) throw new Error(`_aws.${read.error.issues[0]!.path.join('.')} is not as the format has it`);
  const { Timestamp, CloudWatchMetrics } = read.data;
  return CloudWatchMetrics.map(({ Namespace, Dimensions, Metrics }) => ({
    Namespace,
    MetricData: Dimensions.flatMap((set) => {
      const dimensions = set.map((member) => dimensionOf(root, member));
      return Metrics.map(({ Name, Unit, StorageResolution }) => ({ MetricName: Name, Dimensions: dimensions, Timestamp: { $date: Timestamp }, Values: valuesOf(root, Name), Unit: Unit ?? 'None', ...(StorageResolution === undefined ? {} : { StorageResolution }) }));
    }).filter(({ Values }) => Values.length > 0),
  }));
}

/**
 * Takes the metrics out of a log event, which stays as it is. No right is asked for: CloudWatch does it.
 * @simplified A document with a member that does not fit adds nothing, and the trace says so; on AWS that is seen in metrics of AWS/Logs only.
 */
export function extractMetrics(context: LogsContext, at: { readonly arn: string; readonly stream: string; readonly message: string; readonly line: Seq; readonly subjects?: readonly string[] }): void {
  const root = rootOf(at.message);
  if (root === undefined) return;
  const refuse = (why: string): void => void context.emit('logs.MetricsRefused', at.arn, { stream: at.stream, why }, { cause: [at.line], subjects: at.subjects ?? [] });
  let calls: readonly object[];
  try {
    calls = callsOf(root);
  } catch (error) {
    return refuse((error as Error).message);
  }
  for (const call of calls) {
    const outcome = context.api('monitoring', 'PutMetricData', call, { principal: ADMIN, cause: [at.line], replyTo: { kind: 'none' } });
    if (outcome.kind === 'error') refuse(outcome.error.message);
  }
}
