/** Conditions and values in words, for explanations. */
import type { Condition, Excluded, LeafValue } from './conditions.ts';
import { RawNumber } from './numbers.ts';

/** What a field must be, as the end of 'must …': 'be "a"', 'begin with "b"'; several are joined with 'or'. */
export function describeConditions(conditions: readonly Condition[]): string {
  return conditions.map(describeCondition).join(' or ');
}

function describeCondition(condition: Condition): string {
  switch (condition.op) {
    case 'string':
    case 'ip':
      return `be ${quote(condition.text)}`;
    case 'literal':
      return `be ${String(condition.value)}`;
    case 'number':
      return `be the number ${condition.literal}`;
    case 'prefix':
      return `begin with ${quote(condition.text)}`;
    case 'suffix':
      return `end with ${quote(condition.text)}`;
    case 'prefix-ignore-case':
      return `begin with ${quote(condition.folded.text)} in any case`;
    case 'suffix-ignore-case':
      return `end with ${quote(condition.folded.text)} in any case`;
    case 'equals-ignore-case':
      return `be ${quote(condition.folded.text)} in any case`;
    case 'wildcard':
      return `match the wildcard ${quote(condition.wildcard.text)}`;
    case 'numeric':
      return describeRange(condition);
    case 'cidr':
      return `be an IP address in ${condition.text}`;
    case 'exists':
      return 'be present';
    case 'absent':
      return 'be missing';
    case 'anything-but':
      return describeExcluded(condition.excluded);
  }
}

function describeRange({ low, lowOpen, high, highOpen }: Extract<Condition, { op: 'numeric' }>): string {
  if (low === high) return `be a number equal to ${low}`;
  const bounds: string[] = [];
  if (low !== -Infinity) bounds.push(`${lowOpen ? 'above' : 'at least'} ${low}`);
  if (high !== Infinity) bounds.push(`${highOpen ? 'below' : 'at most'} ${high}`);
  return `be a number ${bounds.join(' and ')}`;
}

function describeExcluded(excluded: Excluded): string {
  switch (excluded.op) {
    case 'strings':
      return `be present and not ${list([...excluded.values].map(quote))}`;
    case 'numbers':
      return `be present and not ${list([...excluded.values].map(String))}`;
    case 'prefix':
      return `be present and not begin with ${list(excluded.texts.map(quote))}`;
    case 'suffix':
      return `be present and not end with ${list(excluded.texts.map(quote))}`;
    case 'equals-ignore-case':
      return `be present and not ${list(excluded.texts.map((folded) => quote(folded.text)))} in any case`;
    case 'wildcard':
      return `be present and not match the wildcard ${list(excluded.wildcards.map((wildcard) => quote(wildcard.text)))}`;
  }
}

function list(items: readonly string[]): string {
  return items.join(' or ');
}

/** A value as JSON, long texts cut. */
export function describeValue(value: LeafValue): string {
  if (value instanceof RawNumber) return value.literal;
  return typeof value === 'string' ? quote(value) : String(value);
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
