/**
 * What AWS looks at in a target before it takes it. Rights are none of it: what a target may not do shows when an event comes.
 * @source aws/eventbridge.md §4, §6, §7, §11; texts that it does not have: third-party tests against AWS (badmintoncryer/cdk-preflight, 2026-09)
 * @simplified Texts of refusals that the source does not have are recalled, not recorded.
 */
import { targetInputError } from '../../../../base/input-transformer.ts';
import { AwsError, NotModelled } from '../../../../sim/errors.ts';
import { parseArn } from '../../../../sim/principal.ts';
import { shapingOf } from '../delivery/input.ts';
import { INPUT_PATHS_MAX } from '../limits.ts';
import type { EventsContext, Target } from '../state.ts';
import { checkName, constraint, notValid } from './common.ts';

/** Targets that EventBridge calls under a role alone. @source aws/eventbridge.md §11 */
const ROLE_ONLY: readonly string[] = ['kinesis', 'states', 'ecs', 'batch', 'firehose', 'events'];

/** Parameters of kinds of targets that are not modelled. */
export const PARAMETERS_OF_OTHERS = ['KinesisParameters', 'RunCommandParameters', 'EcsParameters', 'BatchParameters', 'HttpParameters', 'RedshiftDataParameters', 'SageMakerPipelineParameters', 'AppSyncParameters'] as const;

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

type Given = Target & Partial<Record<(typeof PARAMETERS_OF_OTHERS)[number], unknown>>;

/** @throws ValidationException for what AWS does not take, NotModelled for a target that is not modelled */
export function checkTarget(context: EventsContext, item: Given, index: number): void {
  const at = `targets.${index + 1}.member`;
  checkName(item.Id, `${at}.id`);
  const wrong = targetInputError(shapingOf(item), item.Id);
  if (wrong !== undefined) throw invalid(wrong);
  checkVariables(item, `${at}.inputTransformer.inputPathsMap`);
  checkArn(context, item);
  checkParameters(item);
  checkDeadLetters(context, item);
}

/** Names of variables are letters, digits, `_` and `-`, so that none can be that of a reserved one. */
function checkVariables(item: Target, at: string): void {
  const names = Object.keys(item.InputTransformer?.InputPathsMap ?? {});
  if (names.length > INPUT_PATHS_MAX) throw constraint(`{${names.join(', ')}}`, at, `Member must have length less than or equal to ${INPUT_PATHS_MAX}`);
  const wrong = names.find((name) => !/^[A-Za-z0-9_-]{1,256}$/.test(name));
  if (wrong !== undefined)
    throw constraint(
      `{${names.join(', ')}}`,
      at,
      'Map keys must satisfy constraint: [Member must have length less than or equal to 256, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [A-Za-z0-9\\_\\-]+]',
    );
}

function checkArn(context: EventsContext, item: Target): void {
  const { service, region, account } = parseArn(item.Arn);
  if (!item.Arn.startsWith('arn:') || service === '') throw notValid('TargetArn', 'Provided Arn is not in correct format.');
  if (item.RoleArn === undefined && ROLE_ONLY.includes(service)) throw invalid(`RoleArn is required for target ${item.Arn}.`);
  if (account !== context.account || region !== context.region) throw new NotModelled('events', 'a target in another account or Region');
  if (service === 'events' && !item.Arn.includes(':event-bus/')) throw new NotModelled('events', 'API destinations');
  if (context.target(item.Arn) === undefined && context.invocable(item.Arn) === undefined) throw new NotModelled('events', `a target of ${service}`);
}

function checkParameters(item: Given): void {
  const { service, resource } = parseArn(item.Arn);
  if (service === 'sqs' && resource.endsWith('.fifo') && item.SqsParameters?.MessageGroupId === undefined)
    throw invalid(`Parameter(s) SqsParameters must be specified for target: ${item.Id}.`);
  const other = PARAMETERS_OF_OTHERS.find((name) => item[name] !== undefined);
  if (other !== undefined) throw invalid(`Parameter(s) ${other} not supported for target: ${item.Id}.`);
}

/** A dead-letter queue is a standard queue of the same Region. @source aws/eventbridge.md §7 */
function checkDeadLetters(context: EventsContext, item: Target): void {
  const arn = item.DeadLetterConfig?.Arn;
  if (arn === undefined) return;
  const { service, region, resource } = parseArn(arn);
  if (service !== 'sqs') throw invalid(`${service} is not supported as a dead letter resource.`);
  if (resource.endsWith('.fifo')) throw invalid('SQS FIFO is not supported by Dead Letter Queues.');
  if (region !== context.region) throw invalid(`The dead letter queue of target ${item.Id} must be in the Region of the rule.`);
}
