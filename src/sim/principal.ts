/** Who makes a call: the administrator at the page, a role, or an AWS service acting for a resource. */

export type Principal =
  /** No `as`: the account's administrator. Allowed everything. */
  | { readonly kind: 'admin' }
  | { readonly kind: 'role'; readonly arn: string; readonly sessionName?: string }
  /** A service principal, as resource policies name it, with the resource it acts for. */
  | { readonly kind: 'service'; readonly name: string; readonly sourceArn: string; readonly sourceAccount: string };

export const ADMIN: Principal = { kind: 'admin' };

/** `arn:aws:sqs:us-east-1:000000000000:jobs` → its parts. The service part is the service id. */
export function parseArn(arn: string): { service: string; region: string; account: string; resource: string } {
  const parts = arn.split(':');
  return { service: parts[2] ?? '', region: parts[3] ?? '', account: parts[4] ?? '', resource: parts.slice(5).join(':') };
}
