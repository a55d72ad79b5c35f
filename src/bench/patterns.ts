/** Event patterns: compiled rule sets against JSON.parse of the same events, and against a loop over the rules. */
import { compileEventPatterns } from '../base/event-pattern/compile-rules.ts';
import { createRandom } from '../base/random.ts';
import { bestRates, row } from './measure.ts';
import type { Row, Scale } from './measure.ts';
import { matchesRule } from './reference/per-rule-matcher.ts';

const EVENTS = 2_000;
type Pattern = Parameters<typeof matchesRule>[0];

const SOURCES = ['aws.s3', 'aws.ec2', 'shop.orders', 'shop.payments', 'aws.ecs', 'iot.sensors'] as const;
const TYPES = ['Object Created', 'State Change', 'Order Placed', 'Payment Failed', 'Task Stopped', 'Reading'] as const;

/** Events of about 820 bytes: an envelope, a nested detail with names, numbers and a list. */
function makeEvents(count: number): readonly object[] {
  const random = createRandom(1, 'bench.events');
  const pick = <T>(list: readonly T[]): T => list[random.int(list.length)]!;
  const word = (length: number): string => Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'[random.int(36)]).join('');
  return Array.from({ length: count }, (_, i) => ({
    version: '0',
    id: `${word(8)}-${word(4)}-${word(4)}-${word(4)}-${word(12)}`,
    'detail-type': pick(TYPES),
    source: pick(SOURCES),
    account: '000000000000',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    resources: [`arn:aws:s3:::bucket-${random.int(1_000)}`],
    detail: {
      bucket: { name: `bucket-${random.int(1_000)}` },
      object: { key: `uploads/${word(12)}/clip-${i}.${pick(['mp4', 'mov', 'txt', 'json'])}`, size: random.int(2 ** 24), etag: word(32), sequencer: word(18) },
      customer: { id: `c-${random.int(1_000)}`, tier: pick(['free', 'pro', 'team']), country: pick(['DE', 'FR', 'VN', 'US', 'BR']) },
      amount: random.int(10_000),
      state: pick(['running', 'stopped', 'pending']),
      tags: [word(6), word(6), word(6)],
      requester: word(12),
      'request-id': word(16),
      reason: pick(['PutObject', 'CopyObject', 'CompleteMultipartUpload']),
      note: word(60),
    },
  }));
}

function exactRules(count: number): Record<string, Pattern> {
  const detail = (i: number): Pattern => (count > 50 ? { detail: { bucket: { name: [`bucket-${i % 1_000}`] } } } : { 'detail-type': [TYPES[(i * 5) % TYPES.length]!] });
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`r${i}`, { source: [SOURCES[i % SOURCES.length]!], ...detail(i) }]));
}

function mixedRules(count: number): Record<string, Pattern> {
  const kinds: readonly ((i: number) => Pattern)[] = [
    (i) => ({ source: [SOURCES[i % 6]!], 'detail-type': [TYPES[i % 6]!] }),
    (i) => ({ detail: { object: { key: [{ prefix: `uploads/${'abcdefghijklmnopqrstuvwxyz0123456789'[i % 36]}` }] } } }),
    (i) => ({ source: [{ 'anything-but': ['aws.ec2', 'aws.ecs'] }], detail: { object: { key: [{ suffix: i % 2 ? '.mp4' : '.mov' }] }, customer: { id: [`c-${i}`] } } }),
    (i) => ({ detail: { amount: [{ numeric: ['>=', (i * 37) % 10_000, '<', ((i * 37) % 10_000) + 50] }], customer: { tier: ['pro', 'team'] } } }),
    (i) => ({ detail: { bucket: { name: [`bucket-${i}`, `bucket-${i + 1}`] }, error: [{ exists: false }] } }),
    (i) => ({ source: [{ prefix: 'shop.' }], detail: { state: ['stopped'], customer: { id: [`c-${i}`] } } }),
  ];
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`m${i}`, kinds[i % kinds.length]!(i)]));
}

/** Events a second, and a check that both ways match the same. */
function compare(events: readonly object[], rules: Record<string, Pattern>, scale: Scale): { readonly compiled: number; readonly loop: number } {
  const match = compileEventPatterns(rules);
  const entries = Object.entries(rules);
  const byLoop = (event: object): string[] => entries.filter(([, pattern]) => matchesRule(pattern, event as never)).map(([id]) => id);
  let matched = 0;
  for (const event of events.slice(0, 300)) {
    const ids = match(event);
    matched += ids.length;
    if (ids.join() !== byLoop(event).join()) throw new Error('the reference and the compiled rules disagree');
  }
  if (matched === 0) throw new Error('no rule matches any event');
  const few = events.slice(0, Math.max(100, Math.floor((events.length * 20) / entries.length)));
  const [compiled] = bestRates(scale, events.length, [() => events.forEach((event) => void match(event))]);
  const [loop] = bestRates(scale, few.length, [() => few.forEach((event) => void byLoop(event))]);
  return { compiled: compiled!, loop: loop! };
}

export function patternRows(scale: Scale): readonly Row[] {
  const events = makeEvents(EVENTS);
  const texts = events.map((event) => JSON.stringify(event));
  const [parse] = bestRates(scale, texts.length, [() => texts.forEach((text) => void JSON.parse(text))]);
  const [five, mixed, exactMany, mixedMany] = [exactRules(5), mixedRules(45), exactRules(1_000), mixedRules(1_000)].map((rules) => compare(events, rules, scale));
  const time = (id: string, what: string, rate: number, atMost: number): Row => row({ id, what, unit: 'µs/event', figure: 1e6 / rate, reference: 1e6 / parse!, referenceWhat: 'JSON.parse of the event', atMost });
  const speed = (id: string, what: string, rates: { compiled: number; loop: number }, atLeast: number): Row => row({ id, what, unit: 'events/s', figure: rates.compiled, reference: rates.loop, referenceWhat: 'a loop over the rules', atLeast });
  return [
    time('patterns-5', 'event patterns, 5 rules', five!.compiled, 0.3),
    time('patterns-45', 'event patterns, 45 mixed rules', mixed!.compiled, 1),
    speed('patterns-1000-exact', 'event patterns, 1,000 exact rules', exactMany!, 15),
    speed('patterns-1000-mixed', 'event patterns, 1,000 mixed rules', mixedMany!, 3),
  ];
}
