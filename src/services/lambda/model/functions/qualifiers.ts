/** Versions and aliases in ARNs and trace events, without a look at the state. */

/** What trace events tell of how a function was asked for: nothing when it was without a version or alias. */
export function byQualifier(qualifier: string): { readonly qualifier?: string } {
  return qualifier === '' ? {} : { qualifier };
}
const NAME_AFTER = ':function:';
/** Of an ARN as invoked. Asked for at each invocation, so nothing is taken apart. */
export function qualifierOf(arn: string): string {
  const at = arn.indexOf(':', arn.indexOf(NAME_AFTER) + NAME_AFTER.length);
  return at < 0 ? '' : arn.slice(at + 1);
}
/** Of a request that an alias handed to a version. */
export const isAlias = (qualifier: string): boolean => !/^(\d+|\$LATEST)$/.test(qualifier);
