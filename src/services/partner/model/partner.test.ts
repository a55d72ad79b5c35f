/** Partner hosts: which answer a request gets, when, and how it fails. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';
import { fits } from './scripted.ts';

const Name = 'api.pay.example';
function world(settings: object = {}, seed = 1): TestWorld {
  const cloud = createTestWorld({ seed });
  cloud.send('partner', 'CreateHost', { Name, LatencyMs: 0, ...settings });
  return cloud;
}
const ask = (cloud: TestWorld, Path = '/orders/o-17', Method = 'GET'): Record<string, unknown> => cloud.send('partner', 'SendRequest', { Name, Path, Method });

describe('the path of an answer', () => {
  it.each<[string, string, boolean]>([
    ['/orders', '/orders', true],
    ['/orders', '/orders/', false],
    ['/orders/*', '/orders/', true],
    ['/orders/*', '/orders/o-17/lines', true],
    ['/orders/*/lines', '/orders/o-17/lines', true],
    ['/orders/*/lines', '/orders/lines', false],
    ['/*a*a', '/a', false],
    ['/*a*a', '/xaya', true],
    ['/*', '/', true],
  ])('%s and %s: %s', (pattern, path, expected) => expect(fits(pattern, path)).toBe(expected));

  it('is compared quickly, whatever it is', () => {
    const began = performance.now();
    expect(fits(`/${'*a'.repeat(500)}`, `/${'a'.repeat(499)}`)).toBe(false);
    expect(performance.now() - began).toBeLessThan(100);
  });
});

describe('a partner host', () => {
  it('sends the first answer that fits, with the type of its body, and 404 where none does', () => {
    const cloud = world({ Answers: [{ Method: 'POST', Path: '/orders/*', Status: 201, Body: 'made' }, { Method: 'GET', Path: '/orders/*', Headers: { ETag: 'v1' }, Body: '{"id":"o-17"}' }] });
    expect(ask(cloud, '/orders/o-17?full=1')).toEqual({ status: 200, headers: { 'content-type': 'application/json', etag: 'v1' }, body: '{"id":"o-17"}' });
    expect(ask(cloud, '/orders/o-17', 'POST')).toEqual({ status: 201, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'made' });
    expect(ask(cloud, '/orders/o-17', 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect(ask(cloud, '/else')).toMatchObject({ status: 404, body: 'Not Found' });
    expect(cloud.events('partner.NothingScripted')).toHaveLength(1);
  });

  it('takes its latency, another one for each request, the same ones under the same seed', () => {
    const times = (seed: number): number[] => {
      const cloud = world({ LatencyMs: 200 }, seed);
      for (let i = 0; i < 40; i++) cloud.start('partner', 'SendRequest', { Name });
      cloud.untilIdle();
      return cloud.events('partner.Answered').map((event) => event.at / 1_000);
    };
    const one = times(3);
    expect(one).toHaveLength(40);
    expect(one).toEqual(times(3));
    expect(one).not.toEqual(times(4));
    const median = one.toSorted((a, b) => a - b)[20]!;
    expect(median).toBeGreaterThan(160);
    expect(median).toBeLessThan(250);
  });

  it('fails about as often as it is told to, by the seed', () => {
    const cloud = world({ FailurePercent: 30, Failure: 'HTTP 500' });
    const statuses = Array.from({ length: 300 }, () => ask(cloud)['status']);
    const failures = statuses.filter((status) => status === 500).length;
    expect(failures).toBeGreaterThan(60);
    expect(failures).toBeLessThan(120);
    expect(cloud.events('partner.Failed')[0]!.data).toMatchObject({ how: 'HTTP 500', why: 'by chance' });
  });

  it('is down between two times, and answers before and after', () => {
    const cloud = world({ Failure: 'connection reset', DownWindows: [{ FromSec: 10, ToSec: 20 }] });
    expect(ask(cloud)).toMatchObject({ status: 200 });
    cloud.advance(10_000);
    expect(cloud.failure('partner', 'SendRequest', { Name })).toMatchObject({ name: 'RequestFailed', message: 'read ECONNRESET', data: { code: 'ECONNRESET', syscall: 'read', errno: -104 } });
    cloud.advance(10_000);
    expect(ask(cloud)).toMatchObject({ status: 200 });
  });

  it('that gives no answer keeps the caller waiting for five minutes', () => {
    const cloud = world({ FailurePercent: 100, Failure: 'no answer' });
    const answer = cloud.start('partner', 'SendRequest', { Name });
    cloud.advance(299_000);
    expect(answer()).toBeUndefined();
    cloud.advance(2_000);
    expect(answer()?.error).toMatchObject({ message: 'Headers Timeout Error', data: { code: 'UND_ERR_HEADERS_TIMEOUT' } });
  });

  it('remembers the last requests with their results, and shows that it is down', () => {
    const cloud = world({ DownWindows: [{ FromSec: 5, ToSec: 9 }] });
    ask(cloud);
    cloud.advance(6_000);
    ask(cloud, '/x');
    const model = cloud.world.models.get('partner')!;
    expect(model.summarize(cloud.world.context('partner'), `arn:aws:partner:us-east-1:000000000000:host/${Name}`)).toMatchObject({ down: true, totals: { requests: 2, answered: 1, failed: 1 }, newest: [{ path: '/x', result: 'HTTP 503' }, { path: '/orders/o-17', result: '200' }] });
  });
});
