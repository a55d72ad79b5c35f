/** Who makes a call: the administrator at the page, a role, or an AWS service acting for a resource. */
import type { PolicyDocument } from './iam.ts';

export type Principal =
  /** No `as`: the account's administrator. Allowed everything. */
  | { readonly kind: 'admin' }
  | {
      readonly kind: 'role';
      readonly arn: string;
      readonly sessionName?: string;
      /** Policies that the session was given when it was assumed: it may do no more than they allow. */
      readonly sessionPolicies?: readonly PolicyDocument[];
    }
  /** A service principal, as resource policies name it, with the resource it acts for, and its account where the service says it; `sourceOwner` as older services say it, and as a topic's first policy asks for it. */
  | { readonly kind: 'service'; readonly name: string; readonly sourceArn: string; readonly sourceAccount?: string; readonly sourceOwner?: string };

/** What a client signs a request with, as far as it tells who asks. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly sessionToken?: string;
}

export const ADMIN: Principal = { kind: 'admin' };

/** `arn:aws:sqs:us-east-1:000000000000:jobs` → its parts. The service part is the service id. */
export function parseArn(arn: string): { service: string; region: string; account: string; resource: string } {
  const parts = arn.split(':');
  return { service: parts[2] ?? '', region: parts[3] ?? '', account: parts[4] ?? '', resource: parts.slice(5).join(':') };
}

/** The unique id of a role, 21 characters as AWS's. @simplified It is made of the role's name; AWS's is made by chance and not used twice. */
export function roleIdOf(name: string): string {
  return `AROA${name.toUpperCase().replace(/[^A-Z0-9]/g, '').slice(0, 17).padEnd(17, '0')}`;
}

/** How AWS names a caller where it gives no ARN (`UserId`, `SenderId`, `aws:userid`): a role's id and its session, the account's root as the account. */
export function userIdOf(principal: Principal, account: string): string {
  if (principal.kind === 'service') return principal.name;
  if (principal.kind === 'admin') return account;
  const role = parseArn(principal.arn).resource.split('/').pop() ?? '';
  return `${roleIdOf(role)}:${principal.sessionName ?? role}`;
}
