/** The events that a bus gives to a function, as examples for the editor: what comes to it, made to fit the rule's pattern. @source aws/eventbridge.md, aws/other-services.md §2 */
import type { HandlerEvent, HandlerEventContext } from '../../view-contract.ts';

type Members = { [name: string]: unknown };

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value that one of the alternatives of a pattern takes; `now` when it is taken already, as far as is easily seen. */
function fitting(alternatives: readonly unknown[], now: unknown): unknown {
  if (alternatives.some((alternative) => alternative === now)) return now;
  const [first] = alternatives;
  if (!isObject(first)) return first;
  const text = typeof now === 'string' ? now : 'example';
  const [operator = '', operand] = Object.entries(first)[0] ?? [];
  const words = typeof operand === 'string' ? operand : '';
  if (operator === 'prefix') return text.startsWith(words) ? text : `${words}${text}`;
  if (operator === 'suffix') return text.endsWith(words) ? text : `${text}${words}`;
  if (operator === 'equals-ignore-case') return words;
  if (operator === 'wildcard') return words.replaceAll('*', 'x');
  if (operator === 'exists') return operand === true ? (now ?? 'example') : undefined;
  if (operator === 'numeric' && Array.isArray(operand)) return typeof now === 'number' ? now : numberFitting(operand);
  return now ?? 'example';
}

function numberFitting([comparison, limit, ...more]: readonly unknown[]): number {
  const bound = Number(limit);
  if (comparison === '>' || comparison === '>=') return more.length > 0 ? (bound + Number(more[1])) / 2 : bound + 1;
  return comparison === '=' || comparison === '<=' ? bound : bound - 1;
}

/** The event with the members that a pattern asks for. */
export function fitted(event: Members, pattern: Members): Members {
  const made: Members = { ...event };
  for (const [name, asked] of Object.entries(pattern)) {
    if (name.startsWith('$')) continue;
    made[name] = Array.isArray(asked) ? fitting(asked, made[name]) : isObject(asked) ? fitted(isObject(made[name]) ? made[name] : {}, asked) : made[name];
  }
  return made;
}

function patternOf(edge: HandlerEventContext['edge']): Members {
  try {
    const pattern: unknown = JSON.parse(String(edge['EventPattern'] ?? '{}'));
    return isObject(pattern) ? pattern : {};
  } catch {
    return {};
  }
}

function event({ account, region, epochMs, edge, inner }: HandlerEventContext): object {
  const plain = { version: '0', id: '6f7c1a52-0d0e-4c57-8a53-2a6c2c9a7e11', 'detail-type': 'OrderPlaced', source: 'shop.orders', account, time: `${new Date(epochMs).toISOString().slice(0, 19)}Z`, region, resources: [], detail: { orderId: 'o-17', total: 42.5 } };
  return fitted(isObject(inner) && 'detail-type' in inner ? inner : plain, patternOf(edge));
}

export const handlerEvents: readonly HandlerEvent[] = [{ id: 'events.rule', port: 'events.rule', type: 'EventBridgeEvent<string, any>', label: 'EventBridge event', example: event }];
