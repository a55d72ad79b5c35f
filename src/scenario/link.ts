/**
 * A scenario as a link: `#s=<codec>.<base64url>`. Codec 1 is: length and checksum of the body, the base it differs from
 * (`id@hash` of a template or lesson, or nothing), and the document deflated with that base as the dictionary, so that only the
 * difference costs anything. Decoding trusts nothing: it bounds, checks and validates before anything is made of it, and runs nothing.
 */
import { base64Decode, base64UrlEncode } from '../base/base64.ts';
import { canonicalJson } from '../base/canonical-json.ts';
import { deflate, inflate, InflateError } from '../base/deflate.ts';
import { sha256Bytes, sha256Hex } from '../base/hash.ts';
import { utf8Decode, utf8Encode } from '../base/utf8.ts';
import type { Manifests } from './environment.ts';
import { migrate } from './migrations.ts';
import { SCENARIO_LIMITS } from './schema.ts';
import type { ScenarioDocument } from './schema.ts';
import { validateScenario } from './validate.ts';

/** Characters after the `#` that a link may have to be handed out: it still fits where links are cut at 2,000. */
export const LINK_CHARS_MAX = 1_900;
/** A longer text is not even looked at. */
const READ_CHARS_MAX = 200_000;
const CODEC = 1;
const PREFIX = 's=';
const CHECK_BYTES = 4;

/** A document that links may be written as a difference from: a template, or the start of a lesson. Older contents are listed too. */
export interface LinkBase {
  /** `video-pipeline`, `lesson-18`. */
  readonly id: string;
  readonly document: ScenarioDocument;
}

export interface SharedScenario {
  readonly document: ScenarioDocument;
  /** The moment that the sender looked at, µs since t = 0. */
  readonly momentUs: number | null;
  /** What it was made from. */
  readonly baseId: string | null;
}

export type LinkProblem = 'not-a-link' | 'cut-short' | 'newer' | 'too-big' | 'damaged' | 'invalid';
const MESSAGES: Readonly<Record<LinkProblem, string>> = {
  'not-a-link': 'This is no Coldstart link. Your work here has not been touched.',
  'cut-short': 'This link is cut short. Your work here has not been touched.',
  newer: 'This link was made by a newer Coldstart. Reload to update, then open it again.',
  'too-big': 'This link holds more than a scenario can. It was not opened. Your work here has not been touched.',
  damaged: 'This link is damaged: some of it was changed on the way. Your work here has not been touched.',
  invalid: 'This link holds no scenario that can be used. Your work here has not been touched.',
};

export class LinkError extends Error {
  readonly reason: LinkProblem;
  /** What exactly is wrong, for those who want to know. */
  readonly detail: string;
  constructor(reason: LinkProblem, detail = '') {
    super(MESSAGES[reason]);
    this.name = 'LinkError';
    this.reason = reason;
    this.detail = detail;
  }
}

/** The link of a document, with its `#`. May be longer than LINK_CHARS_MAX: then offer the file. The shortest base is chosen. */
export function encodeScenarioLink(document: ScenarioDocument, bases: readonly LinkBase[], momentUs: number | null = null): string {
  const text = utf8Encode(textOf(document, momentUs));
  let best: Uint8Array | null = null;
  for (const base of [null, ...bases]) {
    const name = utf8Encode(base === null ? '' : nameOf(base));
    const packed = deflate(text, dictionaryOf(base));
    const body = new Uint8Array(1 + name.length + packed.length);
    body[0] = name.length;
    body.set(name, 1);
    body.set(packed, 1 + name.length);
    if (best === null || body.length < best.length) best = body;
  }
  const body = best!;
  const head = Uint8Array.of(body.length >>> 16, (body.length >>> 8) & 255, body.length & 255, ...sha256Bytes(body).slice(0, CHECK_BYTES));
  const all = new Uint8Array(head.length + body.length);
  all.set(head);
  all.set(body, head.length);
  return `#${PREFIX}${CODEC}.${base64UrlEncode(all)}`;
}

/** Reads a link (with or without the address before the `#`). Throws LinkError, and nothing else. */
export function decodeScenarioLink(link: string, bases: readonly LinkBase[], manifests: Manifests): SharedScenario {
  const body = bodyOf(link);
  const nameLength = body[0] ?? 0;
  const name = utf8Decode(body.subarray(1, 1 + nameLength));
  const base = name === '' ? null : bases.find((candidate) => nameOf(candidate) === name);
  if (base === undefined) throw new LinkError('newer', `it is made from ${name}, which is not here`);
  const value = parse(unpack(body.subarray(1 + nameLength), base));
  const { at, ...rest } = value;
  const migrated = migrate(rest);
  if (!migrated.ok && migrated.reason === 'newer') throw new LinkError('newer', migrated.message);
  const check = validateScenario(rest, manifests);
  if (!check.ok) throw new LinkError('invalid', check.issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ').slice(0, 500));
  return { document: check.document, momentUs: typeof at === 'number' && Number.isSafeInteger(at) && at >= 0 ? at : null, baseId: base?.id ?? null };
}

function bodyOf(link: string): Uint8Array {
  if (link.length > READ_CHARS_MAX) throw new LinkError('too-big', `${link.length} characters`);
  const hash = link.slice(link.indexOf('#') + 1);
  const match = /^s=(\d{1,4})\.([A-Za-z0-9_-]*)$/.exec(hash.trim());
  if (!match) throw new LinkError('not-a-link');
  if (Number(match[1]) > CODEC) throw new LinkError('newer', `codec ${match[1]}`);
  if (Number(match[1]) < 1) throw new LinkError('not-a-link', `codec ${match[1]}`);
  const all = bytesOf(match[2]!);
  const head = 3 + CHECK_BYTES;
  if (all.length < head) throw new LinkError('cut-short');
  const length = (all[0]! << 16) | (all[1]! << 8) | all[2]!;
  if (all.length < head + length) throw new LinkError('cut-short', `${all.length - head} of ${length} bytes`);
  const body = all.subarray(head, head + length);
  const check = sha256Bytes(body);
  for (let i = 0; i < CHECK_BYTES; i++) if (check[i] !== all[3 + i]) throw new LinkError('damaged');
  return body;
}

/** The alphabet has been checked: what fails here is a last group that was cut, and it is left out. */
function bytesOf(text: string): Uint8Array {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/');
  try {
    return base64Decode(plain + '==='.slice((plain.length + 3) % 4));
  } catch {
    return base64Decode(plain.slice(0, plain.length - (plain.length % 4)));
  }
}

function unpack(packed: Uint8Array, base: LinkBase | null): string {
  try {
    return utf8Decode(inflate(packed, SCENARIO_LIMITS.documentBytesMax, dictionaryOf(base)));
  } catch (error) {
    throw new LinkError(error instanceof InflateError && error.reason === 'too-big' ? 'too-big' : 'damaged');
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // told below
  }
  throw new LinkError('invalid', 'it is no JSON object');
}

function textOf(document: ScenarioDocument, momentUs: number | null): string {
  return canonicalJson(momentUs === null ? document : { ...document, at: momentUs }, { fractions: true });
}
function nameOf(base: LinkBase): string {
  return `${base.id}@${sha256Hex(textOf(base.document, null)).slice(0, 8)}`;
}
function dictionaryOf(base: LinkBase | null): Uint8Array {
  return utf8Encode(base === null ? COMMON_TEXT : textOf(base.document, null));
}

/** What scenarios that come from no template have in common. Never changed within a codec: older links lean on it. */
const COMMON_TEXT =
  '"nodes":[{"config":{"EventPattern":"{\\"source\\":[\\"aws.s3\\"],\\"detail-type\\":[\\"Object Created\\"],\\"detail\\":{\\"object\\":{\\"key\\":[{\\"suffix\\":\\".mp4\\"}]}}}","BatchSize":10,"MemorySize":1769,"Timeout":30,"Runtime":"nodejs22.x","Handler":"index.handler","DelaySeconds":0,"MaximumMessageSize":1048576,"MessageRetentionPeriod":345600,"ReceiveMessageWaitTimeSeconds":0,"VisibilityTimeout":30,"name":"' +
  'export const handler = async (event) => {\\n  for (const record of event.Records) {\\n    const body = JSON.parse(record.body);\\n    console.log(' +
  "import { S3Client, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';\\nimport { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';\\nthrow new Error(" +
  '{"config":{},"from":"","grant":true,"id":"","port":"lambda.event-source-mapping","to":""},{"config":{"maxReceiveCount":3},"port":"sqs.redrive"},{"port":"events.rule"},{"port":"s3.notification"},{"port":"s3.events"},{"port":"clips.upload"},' +
  '"position":{"x":136,"y":160},"service":"lambda"},"service":"events"},"service":"sqs"},"service":"s3"},"service":"clips"}],"seed":7,"startAt":"2026-01-01T09:00:00Z","stimuli":[],"version":1},"inputs":[]}' +
  '{"base":{"edges":[],"faults":[],"name":"';
