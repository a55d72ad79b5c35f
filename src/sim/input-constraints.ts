/** What is wrong with the input of an API call, in the words of AWS's own validation. */

/** An issue of a schema, as zod reports it. */
export interface SchemaIssue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly origin?: string | undefined;
  readonly minimum?: number | bigint | undefined;
  readonly maximum?: number | bigint | undefined;
  readonly values?: readonly unknown[] | undefined;
  readonly pattern?: string | undefined;
}

/** Of a set of members that AWS counts from 1 and names `member`. */
function memberName(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === 'number' ? `${part + 1}.member` : `${String(part).slice(0, 1).toLowerCase()}${String(part).slice(1)}`)).join('.');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (typeof value === 'object' && value !== null ? (value as Readonly<Record<PropertyKey, unknown>>)[part] : undefined), input);
}

const isSized = (origin: string | undefined): boolean => origin !== 'number' && origin !== 'int' && origin !== 'bigint';

/** `Member must …`; the schema's own words where AWS answers before its validation (a value of another type). */
function constraint(issue: SchemaIssue, value: unknown): string {
  if (value === undefined || value === null) return 'Member must not be null';
  const what = isSized(issue.origin) ? 'length' : 'value';
  switch (issue.code) {
    case 'too_big':
      return `Member must have ${what} less than or equal to ${issue.maximum}`;
    case 'too_small':
      return `Member must have ${what} greater than or equal to ${issue.minimum}`;
    case 'invalid_value':
      return `Member must satisfy enum value set: [${(issue.values ?? []).join(', ')}]`;
    case 'invalid_format':
      return `Member must satisfy regular expression pattern: ${(issue.pattern ?? '').replace(/^\/\^?/, '').replace(/\$?\/[a-z]*$/, '')}`;
    default:
      return issue.message;
  }
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  return typeof value === 'object' ? `'${JSON.stringify(value)}'` : `'${String(value)}'`;
}

/**
 * `Value 'x' at 'targets.1.member.id' failed to satisfy constraint: Member must …`
 * @source recorded answers of EventBridge, Lambda and Scheduler (aws/eventbridge.md §3, aws/observed.md)
 */
export function constraintText(issue: SchemaIssue, input: unknown): string {
  const value = valueAt(input, issue.path);
  return `Value ${shown(value)} at '${memberName(issue.path)}' failed to satisfy constraint: ${constraint(issue, value)}`;
}

/** The constraint alone. */
export function constraintOf(issue: SchemaIssue, input: unknown): string {
  return constraint(issue, valueAt(input, issue.path));
}
