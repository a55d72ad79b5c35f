/** Runs a case of the corpus in the sandbox, through the Lambda model, and tells what was seen in the terms that both sides share. */
import { createCloud } from '../../../runner/headless/create-cloud.ts';
import type { Cloud } from '../../../runner/headless/create-cloud.ts';
import { masked } from '../read-case.ts';
import type { Call, CorpusCase } from '../read-case.ts';

export const FUNCTION = 'corpus-fn';
/** Time costs nothing, and every role may do everything: only what is answered counts. */
export const newCloud = (): Cloud => createCloud({ iam: 'off', tuning: 'ideal' });

export interface GuestError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What is compared of a failure: type, text without the request's id, and where it was thrown. */
export function told(error: GuestError): unknown {
  const at = (error.trace ?? []).map((line) => /\/(?:var\/task|opt)\/([^\s)]+?):(\d+):\d+\)?$/.exec(line)).find((match) => match !== null);
  return masked({ errorType: error.errorType, errorMessage: error.errorMessage.replace(/^RequestId: \S+ /, ''), at: at ? `${at[1]}:${at[2]}` : null });
}

export async function setUp(cloud: Cloud, calls: readonly Call[]): Promise<void> {
  for (const [service, operation, input] of calls) await cloud.send(service, operation, input);
  await cloud.runUntilIdle(60_000);
}
export const answers = async (cloud: Cloud, calls: readonly Call[]): Promise<unknown> => {
  const all: unknown[] = [];
  for (const [service, operation, input] of calls) all.push(await cloud.send(service, operation, input));
  return masked(JSON.parse(JSON.stringify(all, (_, value: unknown) => (value instanceof Uint8Array ? new TextDecoder().decode(value) : value))));
};

export interface Seen {
  readonly results: readonly unknown[];
  readonly logs: readonly string[];
  readonly after: unknown;
}

export async function inSandbox(one: CorpusCase): Promise<Seen> {
  const cloud = newCloud();
  await setUp(cloud, one.setUp);
  await cloud.send('lambda', 'CreateFunction', { FunctionName: FUNCTION, Runtime: one.runtime, Handler: one.handler, Role: 'arn:aws:iam::000000000000:role/corpus', MemorySize: 1769, Timeout: one.timeoutSec, Environment: { Variables: one.environment }, Code: { files: one.files } });
  await cloud.runUntilIdle(60_000);
  const results: unknown[] = [];
  for (const event of one.events) {
    const { Payload, FunctionError } = await cloud.send<{ Payload: Uint8Array; FunctionError?: string }>('lambda', 'Invoke', { FunctionName: FUNCTION, Payload: JSON.stringify(event) });
    const value = JSON.parse(new TextDecoder().decode(Payload)) as unknown;
    results.push(FunctionError === undefined ? masked(value) : told(value as GuestError));
  }
  return { results, logs: await consoleLines(cloud), after: await answers(cloud, one.after) };
}

/** What the handler printed by console, without the runtime's own lines. */
async function consoleLines(cloud: Cloud): Promise<readonly string[]> {
  await cloud.runUntilIdle(60_000);
  const { events } = await cloud.send<{ events: readonly { readonly message: string }[] }>('logs', 'FilterLogEvents', { logGroupName: `/aws/lambda/${FUNCTION}` });
  return events.flatMap(({ message }) => {
    const text = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t\S+\t[A-Z]+\t([\s\S]*?)\n?$/.exec(message)?.[1];
    return text === undefined || /^(Invoke Error|Uncaught Exception|Unhandled Promise Rejection|AWS Lambda plans to remove)/.test(text) ? [] : [text];
  });
}
