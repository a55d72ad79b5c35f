/** X-Ray trace headers and the lineage that the recursion guard counts by. @source aws/lambda.md §8.5, §13; aws/other-services.md §8 */
import type { LambdaContext } from '../state.ts';

const hex = (context: LambdaContext, digits: number): string => {
  const random = context.random('lambda.trace');
  let text = '';
  while (text.length < digits) text += random.nextUint32().toString(16).padStart(8, '0');
  return text.slice(0, digits);
};

export function newTraceHeader(context: LambdaContext, sampled: boolean): string {
  const seconds = Math.floor(context.epochMs / 1000).toString(16).padStart(8, '0');
  return `Root=1-${seconds}-${hex(context, 24)};Parent=${hex(context, 16)};Sampled=${sampled ? 1 : 0}`;
}

/** Eight hex digits that stand for a function in a lineage. */
function lineageId(arn: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < arn.length; i++) hash = Math.imul(hash ^ arn.charCodeAt(i), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

function lineageOf(header: string): Map<string, number> {
  const match = /Lineage=([^;]+)/.exec(header);
  return new Map((match?.[1] ?? '').split('|').filter((part) => part !== '').map((part) => [part.split(':')[0]!, Number(part.split(':')[1])]));
}

/** How often this function is already in the chain that led here. */
export function timesInChain(header: string, arn: string): number {
  return header === '' ? 0 : (lineageOf(header).get(lineageId(arn)) ?? 0);
}

/** The header with this function counted once more. */
export function countedIn(header: string, arn: string): string {
  const lineage = lineageOf(header);
  const id = lineageId(arn);
  lineage.set(id, (lineage.get(id) ?? 0) + 1);
  const text = [...lineage].map(([key, count]) => `${key}:${count}`).join('|');
  return `${header.replace(/;?Lineage=[^;]+/, '')};Lineage=${text}`;
}

/** What the SDK adds to a call that carries a chain on: messages and invocations. SNS and S3 read the header of the call itself. @source aws/lambda.md §8.5 (Node SDK v3 from 3.105.0) */
export function withTraceHeader(service: string, operation: string, input: Readonly<Record<string, unknown>>, header: string): Record<string, unknown> {
  if (header === '') return input;
  const attribute = { AWSTraceHeader: { DataType: 'String', StringValue: header } };
  if (service === 'sqs' && operation === 'SendMessage') return { ...input, MessageSystemAttributes: { ...(input['MessageSystemAttributes'] as object | undefined), ...attribute } };
  if (service === 'sqs' && operation === 'SendMessageBatch' && Array.isArray(input['Entries'])) {
    return { ...input, Entries: input['Entries'].map((entry: { MessageSystemAttributes?: object }) => ({ ...entry, MessageSystemAttributes: { ...entry.MessageSystemAttributes, ...attribute } })) };
  }
  if (service === 'lambda' && operation === 'Invoke') return { ...input, TraceHeader: header };
  return input;
}
