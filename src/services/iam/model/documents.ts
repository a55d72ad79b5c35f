/** Policy documents as they come in: read and checked, with IAM's words for what is wrong. @source aws/other-services.md §9 @simplified Texts of refusals are recalled, not recorded. */
import type { PolicyDocument, PolicyStatement } from '../../../sim/iam.ts';
import { malformed } from './state.ts';

const VERSIONS = ['2012-10-17', '2008-10-17'];

/** @throws MalformedPolicyDocumentException */
export function readDocument(text: string, kind: 'permissions' | 'trust'): PolicyDocument {
  const document = parsed(text);
  if (document.Version !== undefined && !VERSIONS.includes(document.Version)) throw malformed(`Policy document must be version 2012-10-17 or greater.`);
  const statements = [document.Statement].flat() as readonly PolicyStatement[];
  for (const statement of statements) {
    if (kind === 'trust') checkTrust(statement);
    else checkPermissions(statement);
  }
  return document;
}

function parsed(text: string): PolicyDocument {
  try {
    const document = JSON.parse(text) as PolicyDocument;
    const statements = typeof document === 'object' && document !== null ? [document.Statement].flat() : [undefined];
    if (statements.every((statement) => typeof statement === 'object' && statement !== null && ['Allow', 'Deny'].includes((statement as PolicyStatement).Effect))) return document;
  } catch {
    // Told below.
  }
  throw malformed('Syntax errors in policy.');
}

function checkActions(statement: PolicyStatement): void {
  if (statement.Action === undefined && statement.NotAction === undefined) throw malformed('Policy statement must contain actions.');
  if (statement.Action !== undefined && statement.NotAction !== undefined) throw malformed('Syntax errors in policy.');
  for (const action of [statement.Action ?? statement.NotAction ?? []].flat()) {
    if (action !== '*' && !/^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action)) throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  }
}

function checkPermissions(statement: PolicyStatement): void {
  if (statement.Principal !== undefined || statement.NotPrincipal !== undefined) throw malformed('Policy document should not specify a principal.');
  checkActions(statement);
  if ((statement.Resource === undefined) === (statement.NotResource === undefined)) throw malformed(statement.Resource === undefined ? 'Policy statement must contain resources.' : 'Syntax errors in policy.');
}

function checkTrust(statement: PolicyStatement): void {
  if (statement.Resource !== undefined || statement.NotResource !== undefined) throw malformed('Has prohibited field Resource');
  if (statement.Principal === undefined && statement.NotPrincipal === undefined) throw malformed('Missing required field Principal');
  checkActions(statement);
  const foreign = [statement.Action ?? []].flat().some((action) => !/^sts:/i.test(action));
  if (foreign) throw malformed('AssumeRole policy may only specify STS AssumeRole actions.');
}

/** The API answers documents as URL-encoded JSON. */
export const encoded = (document: PolicyDocument): string => encodeURIComponent(JSON.stringify(document));
