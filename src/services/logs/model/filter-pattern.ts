/** Filter patterns of unstructured log events: terms, quoted phrases, optional and excluded terms. @source Amazon CloudWatch Logs user guide, filter pattern syntax (2026) */
import { NotModelled } from '../../../sim/errors.ts';

/** Whether a message fits: all plain terms occur, one of those with `?` if there are any, and none of those with `-`. Case counts. @throws NotModelled for patterns of JSON members, columns and regular expressions */
export function filterOf(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (/^[{[%]/.test(text)) throw new NotModelled('logs', `the filter pattern ${text}`, 'Patterns of terms are.');
  const terms = [...text.matchAll(/([-?]?)(?:"([^"]*)"|(\S+))/g)].map(([, sign = '', phrase, word]) => ({ sign, text: phrase ?? word ?? '' }));
  const of = (sign: string): readonly string[] => terms.filter((term) => term.sign === sign).map((term) => term.text);
  const [wanted, optional, excluded] = [of(''), of('?'), of('-')];
  // AWS leaves optional terms out of account where plain ones are given.
  return (message) => wanted.every((term) => message.includes(term)) && (optional.length === 0 || wanted.length > 0 || optional.some((term) => message.includes(term))) && !excluded.some((term) => message.includes(term));
}
