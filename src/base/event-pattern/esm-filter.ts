/** Lambda's FilterCriteria: reading and checking them; `esm-filter-match.ts` tells which records pass. */
import { InvalidEventPatternException } from './errors.ts';
import { parseEventPattern } from './language/parse-pattern.ts';
import type { ParsedPattern } from './language/parse-pattern.ts';
import type { Dialect } from './language/parse-operator.ts';

/** As in CreateEventSourceMapping. */
export interface FilterCriteria {
  readonly Filters?: readonly { readonly Pattern?: string }[];
}

/** The kinds of source that have filters. */
export type FilteredSource = 'sqs' | 'kinesis' | 'dynamodb';

/** Lambda refuses the criteria. @source Lambda CreateEventSourceMapping as recorded (LocalStack suite, 2025) */
export class InvalidFilterCriteriaException extends Error {
  override readonly name = 'InvalidParameterValueException';
  /** What the pattern language has against it. */
  readonly reason: string;

  constructor(reason: string) {
    super('Invalid filter pattern definition.');
    this.reason = reason;
  }
}

/** @source EventBridge User Guide, comparison operators: no wildcard and nothing inside anything-but but values for pipes (2026; eventbridge.md §5.4) */
const DIALECT: Dialect = 'pipes';

export interface Filter {
  readonly pattern: ParsedPattern;
  /** What the pattern asks of the data: fields of JSON, plain texts, or nothing. */
  readonly data: 'json' | 'text' | 'none';
}

/** The member that holds a record's data, where a pattern may look into it. */
export function dataKeyOf(source: FilteredSource): string | undefined {
  return source === 'sqs' ? 'body' : source === 'kinesis' ? 'data' : undefined;
}

/** Reads criteria. @throws InvalidFilterCriteriaException */
export function readFilterCriteria(criteria: FilterCriteria | undefined, source: FilteredSource): readonly Filter[] {
  return (criteria?.Filters ?? []).map(({ Pattern }) => readFilter(Pattern ?? '', dataKeyOf(source)));
}

function readFilter(text: string, key: string | undefined): Filter {
  try {
    const pattern = parseEventPattern(text, DIALECT);
    const paths = pattern.branches.flat().map((field) => field.path);
    const data = key === undefined ? 'none' : paths.some((path) => path.startsWith(`${key}.`)) ? 'json' : paths.includes(key) ? 'text' : 'none';
    return { pattern, data };
  } catch (error) {
    if (error instanceof InvalidEventPatternException) throw new InvalidFilterCriteriaException(error.reason);
    throw error;
  }
}
