/** Lambda's FilterCriteria at work: which records of a queue or stream an event source mapping hands to its function. */
import { base64Decode } from '../base64.ts';
import { utf8Decode } from '../utf8.ts';
import { dataKeyOf, readFilterCriteria } from './esm-filter.ts';
import type { Filter, FilterCriteria, FilteredSource } from './esm-filter.ts';
import { matchParsedPattern } from './match.ts';

/**
 * Compiles criteria into a test for records, as a handler gets them (Kinesis data in base64).
 *
 * A record passes when any filter matches; without filters, all do. The data (`body` of SQS, `data` of Kinesis) is matched as
 * JSON when the pattern asks for its fields and as text when the pattern lists values; data of the other form never passes.
 * @throws InvalidFilterCriteriaException
 * @source AWS Lambda Developer Guide, event filtering (lambda.md §9.2)
 */
export function compileFilterCriteria(criteria: FilterCriteria | undefined, source: FilteredSource): (record: object) => boolean {
  const key = dataKeyOf(source);
  const filters = readFilterCriteria(criteria, source);
  if (filters.length === 0) return () => true;
  return (record) => filters.some((filter) => passes(filter, record, key));
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
