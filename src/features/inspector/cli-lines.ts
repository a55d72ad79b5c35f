/** API calls as lines of the AWS CLI: what one would type for the same change. */
import type { ApiCall } from '../../sim/manifest.ts';
import type { Manifests } from '../../scenario/environment.ts';

/** A longer value (code, policies) is cut in the display. */
const VALUE_CHARS_MAX = 240;

/** `aws sqs set-queue-attributes \`, then a line per member. */
export function cliLines(call: ApiCall, manifests: Manifests): readonly string[] {
  const command = manifests.get(call.service)?.cliCommand ?? call.service;
  const members = Object.entries(call.input).filter(([, value]) => value !== undefined);
  const head = `aws ${command} ${kebab(call.operation)}`;
  return members.length === 0
    ? [head]
    : [`${head} \\`, ...members.map(([member, value], i) => `  --${kebab(member)} ${valueText(value)}${i < members.length - 1 ? ' \\' : ''}`)];
}

/** `QueueUrl` → `queue-url`, `SQSQueueArn` → `sqs-queue-arn`. */
export function kebab(name: string): string {
  return name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const shown = text.length > VALUE_CHARS_MAX ? `${text.slice(0, VALUE_CHARS_MAX)}…` : text;
  return /^[A-Za-z0-9_./:=,@-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}
