/** Which of a host's scripted answers a request gets, and what of it travels. Pure. */
import { isJson } from '../../../base/is-json.ts';
import type { HttpRequest, HttpResponse } from '../../../sim/ports/ports.ts';
import type { PartnerSettings, ScriptedAnswer } from './settings.ts';

/** Whether a path fits a pattern in which `*` stands for any text. Takes time in proportion to their lengths' product at most. */
export function fits(pattern: string, path: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return path === pattern;
  if (!path.startsWith(first)) return false;
  const last = rest.pop()!;
  let at = first.length;
  for (const part of rest) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return path.length - last.length >= at && path.endsWith(last);
}

/** The first answer that fits, or undefined. A GET answer also serves HEAD, as HTTP servers do. */
export function answerFor(settings: PartnerSettings, request: Pick<HttpRequest, 'method' | 'path'>): ScriptedAnswer | undefined {
  return settings.Answers.find(({ Method, Path }) => (Method === 'ANY' || Method === request.method || (Method === 'GET' && request.method === 'HEAD')) && fits(Path, request.path));
}

/** What of an answer goes over the wire. */
export function responseOf(answer: { readonly Status: number; readonly Headers: Readonly<Record<string, string>>; readonly Body: string }, method: string): HttpResponse {
  const bodiless = method === 'HEAD' || answer.Status === 204 || answer.Status === 304;
  const own = Object.fromEntries(Object.entries(answer.Headers).map(([name, value]) => [name.toLowerCase(), value]));
  const type = answer.Body === '' ? {} : { 'content-type': isJson(answer.Body) ? 'application/json' : 'text/plain; charset=utf-8' };
  return { status: answer.Status, headers: { ...type, ...own }, body: bodiless ? '' : answer.Body };
}

/** Is the host down at this time (µs since the start)? */
export function isDown(settings: PartnerSettings, nowUs: number): boolean {
  return settings.DownWindows.some(({ FromSec, ToSec }) => nowUs >= FromSec * 1_000_000 && nowUs < ToSec * 1_000_000);
}
