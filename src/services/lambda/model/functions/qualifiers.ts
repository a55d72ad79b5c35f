/** Versions and aliases in ARNs and trace events, without a look at the state. */

/** What trace events tell of how a function was asked for: nothing when it was without a version or alias. */
export function byQualifier(qualifier: string): { readonly qualifier?: string } {
  return qualifier === '' ? {} : { qualifier };
}
/** Of an ARN as invoked. */
export const qualifierOf = (arn: string): string => arn.split(':')[7] ?? '';
/** Of a request that an alias handed to a version. */
export const isAlias = (qualifier: string): boolean => !/^(\d+|\$LATEST)$/.test(qualifier);
