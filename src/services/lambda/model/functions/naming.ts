/** Function names as AWS takes them: a name, a partial ARN or a full one, each with or without a qualifier. @source aws/lambda.md §2 (API model, recorded test_function_arns) @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { constraint, functionNotFound, invalid, notFound } from '../errors.ts';
import type { LambdaContext, LambdaFunction, Version } from '../state.ts';

export interface FunctionRef {
  readonly name: string;
  /** `` when none was given. */
  readonly qualifier: string;
}

export function functionArn(context: { readonly region: string; readonly account: string }, name: string): string {
  return `arn:aws:lambda:${context.region}:${context.account}:function:${name}`;
}

/** The API's own pattern. */
const NAME = /^(?:arn:(?:aws[a-zA-Z-]*)?:lambda:)?(?:([a-z]{2}(?:-gov|-iso(?:b?))?-[a-z]+-\d):)?(?:(\d{12}):)?(?:function:)?([A-Za-z0-9-_]+)(?::(\$LATEST|[A-Za-z0-9-_]+))?$/;

/**
 * Name and qualifier of `FunctionName` (and `Qualifier`).
 * @throws InvalidParameterValueException for a name that is none, ResourceNotFoundException for a function elsewhere
 */
export function parseRef(context: { readonly region: string; readonly account: string }, text: string, qualifier?: string): FunctionRef {
  const match = NAME.exec(text);
  if (match === null) throw constraint(text, 'functionName', 'satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?');
  const [, region = context.region, account = context.account, name = '', own] = match;
  if (name.length > 64) throw constraint(text, 'functionName', 'have length less than or equal to 64');
  if (own !== undefined && qualifier !== undefined && own !== qualifier) throw invalid('The derived qualifier from the function name does not match the specified qualifier.');
  if (region !== context.region) throw notFound(`Functions from '${region}' are not reachable in this region ('${context.region}')`);
  if (account !== context.account) throw functionNotFound(qualified(functionArn({ region, account }, name), own ?? qualifier ?? ''));
  return { name, qualifier: own ?? qualifier ?? '' };
}

/** The name of a function that must come without a qualifier. @source aws/lambda.md §12 (recorded test_function_concurrency_exceptions) */
export function unqualifiedName(context: { readonly region: string; readonly account: string }, text: string): string {
  const { name, qualifier } = parseRef(context, text);
  if (qualifier !== '') throw invalid('This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.');
  return name;
}

/** The function of that name. @throws ResourceNotFoundException */
export function functionOf(context: LambdaContext, ref: FunctionRef): LambdaFunction {
  const fn = context.state.functions.get(ref.name);
  if (fn === undefined) throw functionNotFound(qualified(functionArn(context, ref.name), ref.qualifier));
  return fn;
}

export function qualified(arn: string, qualifier: string): string {
  return qualifier === '' ? arn : `${arn}:${qualifier}`;
}

/** The version that a qualifier means: itself, the version of an alias (its main one), or $LATEST. */
export function versionOf(context: LambdaContext, fn: LambdaFunction, qualifier: string): Version {
  const name = qualifier === '' ? '$LATEST' : (fn.aliases.get(qualifier)?.version ?? qualifier);
  const version = fn.versions.get(name);
  if (version === undefined) throw functionNotFound(qualified(functionArn(context, fn.name), qualifier));
  return version;
}
