/** Bucket policies as they come in: read and checked. @source Amazon S3 user guide, bucket policies @simplified Texts of refusals are recalled, not recorded. */
import { AwsError } from '../../../sim/errors.ts';
import type { PolicyDocument, PolicyStatement } from '../../../sim/iam.ts';
import { POLICY_BYTES_MAX } from './limits.ts';
import type { Bucket } from './state.ts';

const malformed = (message: string): AwsError => new AwsError('MalformedPolicy', message);

/** @throws AwsError MalformedPolicy */
export function readBucketPolicy(bucket: Bucket, text: string): PolicyDocument {
  if (text.length > POLICY_BYTES_MAX) throw malformed('Normalized policy document exceeds the maximum allowed size');
  const document = parsed(text);
  if (document.Version !== undefined && !['2012-10-17', '2008-10-17'].includes(document.Version)) throw malformed('The policy must contain a valid version string');
  const statements = document.Statement === undefined ? [] : ([document.Statement].flat() as readonly PolicyStatement[]);
  if (statements.length === 0) throw malformed('Missing required field Statement');
  for (const statement of statements) checkStatement(bucket, statement);
  return document;
}

function parsed(text: string): PolicyDocument {
  try {
    const document = JSON.parse(text) as PolicyDocument;
    if (typeof document === 'object' && document !== null && !Array.isArray(document)) return document;
  } catch {
    // Told below.
  }
  throw malformed("Policies must be valid JSON and the first byte must be '{'");
}

function checkStatement(bucket: Bucket, statement: PolicyStatement): void {
  if (typeof statement !== 'object' || statement === null) throw malformed('Invalid policy syntax.');
  if (!['Allow', 'Deny'].includes(statement.Effect)) throw malformed(statement.Effect === undefined ? 'Missing required field Effect' : `Invalid effect: ${String(statement.Effect)}`);
  if (statement.Principal === undefined && statement.NotPrincipal === undefined) throw malformed('Missing required field Principal');
  if (statement.Action === undefined && statement.NotAction === undefined) throw malformed('Missing required field Action');
  if (statement.Resource === undefined && statement.NotResource === undefined) throw malformed('Missing required field Resource');
  if ([statement.Action ?? statement.NotAction ?? []].flat().some((action) => action !== '*' && !/^s3:/i.test(action))) throw malformed('Policy has invalid action');
  const within = (resource: string): boolean => resource === '*' || resource === bucket.arn || resource.startsWith(`${bucket.arn}/`) || resource.startsWith(`${bucket.arn}*`) || /^arn:aws:s3:::[^/]*[*?]/.test(resource);
  if ([statement.Resource ?? statement.NotResource ?? []].flat().some((resource) => !within(resource))) throw malformed('Policy has invalid resource');
}
