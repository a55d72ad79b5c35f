/** Function names as AWS takes them: a name, a partial ARN or a full one, each with or without a qualifier. @source aws/lambda.md §2 (API model, recorded test_function_arns) */
import { constraint, functionNotFound, invalid } from '../errors.ts';
import type { LambdaContext, LambdaFunction, Version } from '../state.ts';

export interface FunctionRef {
  readonly name: string;
  /** `` when none was given. */
  readonly qualifier: string;
}

export function functionArn(context: { readonly region: string; readonly account: string }, name: string): string {
  return `arn:aws:lambda:${context.region}:${context.account}:function:${name}`;
}

/** Name and qualifier of `FunctionName` (and `Qualifier`). @throws InvalidParameterValueException for a name that is none */
export function parseRef(text: string, qualifier?: string): FunctionRef {
  const match = /^(?:arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:|\d{12}:function:|function:)?([A-Za-z0-9_-]+)(?::(\$LATEST|[A-Za-z0-9_-]+))?$/.exec(text);
  if (match === null) throw constraint(text, 'functionName', 'satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?');
  const name = match[1]!;
  if (name.length > 64) throw constraint(text, 'functionName', 'have length less than or equal to 64');
  const own = match[2];
  if (own !== undefined && qualifier !== undefined && own !== qualifier) throw invalid('The derived qualifier from the function name does not match the specified qualifier.');
  return { name, qualifier: own ?? qualifier ?? '' };
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
