/** Lambda's FilterCriteria: which records of a queue or stream an event source mapping hands to its function. */
import { base64Decode } from '../base64.ts';
import { utf8Decode } from '../utf8.ts';
import { InvalidEventPatternException } from './errors.ts';
import { parseEventPattern } from './language/parse-pattern.ts';
import type { ParsedPattern } from './language/parse-pattern.ts';
import type { Dialect } from './language/parse-operator.ts';
import { matchParsedPattern } from './match.ts';

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

interface Filter {
  readonly pattern: ParsedPattern;
  /** What the pattern asks of the data: fields of JSON, plain texts, or nothing. */
  readonly data: 'json' | 'text' | 'none';
}

/**
 * Compiles criteria into a test for records, as a handler gets them (Kinesis data in base64).
 *
 * A record passes when any filter matches; without filters, all do. The data (`body` of SQS, `data` of Kinesis) is matched as
 * JSON when the pattern asks for its fields and as text when the pattern lists values; data of the other form never passes.
 * @throws InvalidFilterCriteriaException
 * @source AWS Lambda Developer Guide, event filtering (lambda.md §9.2)
 */
export function compileFilterCriteria(criteria: FilterCriteria | undefined, source: FilteredSource): (record: object) => boolean {
  const key = source === 'sqs' ? 'body' : source === 'kinesis' ? 'data' : undefined;
  const filters = (criteria?.Filters ?? []).map(({ Pattern }) => readFilter(Pattern ?? '', key));
  if (filters.length === 0) return () => true;
  return (record) => filters.some((filter) => passes(filter, record, key));
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

function passes(filter: Filter, record: object, key: string | undefined): boolean {
  if (key === undefined || filter.data === 'none') return matchParsedPattern(filter.pattern, record);
  const fields = record as Readonly<Record<string, unknown>>;
  const holder = key === 'data' && typeof fields['kinesis'] === 'object' ? { ...fields, ...fields['kinesis'] } : fields;
  const text = dataText((holder as Readonly<Record<string, unknown>>)[key], key);
  const json = parseJsonContainer(text);
  if ((json !== undefined) !== (filter.data === 'json')) return false;
  return matchParsedPattern(filter.pattern, { ...holder, [key]: json ?? text });
}

function dataText(data: unknown, key: string): string {
  if (typeof data !== 'string') return '';
  return key === 'data' ? utf8Decode(base64Decode(data)) : data;
}

/** The object or array that the text is, or undefined for any other text. */
function parseJsonContainer(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
