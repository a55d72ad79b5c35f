/**
 * What a target of an EventBridge rule receives: the whole event, a part of it (InputPath), a constant (Input), or a filled template (InputTransformer).
 * @simplified Texts of refusals that aws/eventbridge.md does not have are as others have quoted them from AWS.
 */
import { isJson } from './is-json.ts';
import { jsonFault } from './event-pattern/language/json-fault.ts';

/** As in PutTargets. */
export interface InputTransformer {
  readonly InputPathsMap?: Readonly<Record<string, string>>;
  readonly InputTemplate: string;
}

/** The part of a target that shapes its input; at most one of the three. */
export interface TargetInput {
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: InputTransformer;
}

/** What the reserved variables stand for. */
export interface TransformContext {
  readonly ruleArn?: string;
  readonly ruleName?: string;
  /** When the bus took the event in, as `YYYY-MM-DDThh:mm:ssZ`. */
  readonly ingestionTime?: string;
}

/** A body to deliver, or why there is none: AWS then never calls the target and says nothing. */
export type ShapedInput = { readonly delivered: true; readonly body: string } | { readonly delivered: false; readonly reason: string };

const PLACEHOLDER = /<([^<>\s"]+)>/g;
const RESERVED: ReadonlySet<string> = new Set([
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event.ingestion-time',
  'aws.events.event',
  'aws.events.event.json',
]);

/** Variables that are objects. @source eventbridge.md §6: only as a JSON value */
const WHOLE_EVENT: ReadonlySet<string> = new Set(['aws.events.event', 'aws.events.event.json']);

/**
 * AWS's complaint about a target's input at PutTargets, or undefined when it takes it.
 * @source EventBridge PutTargets as recorded (eventbridge.md §4, §6; observed.md EVB-016); for input that is no JSON, paths and
 * variables that are objects: third-party tests against AWS (badmintoncryer/cdk-preflight, 2026-09)
 * @simplified of the two variables that are objects the refusal is attested for `aws.events.event.json` only
 */
export function targetInputError(target: TargetInput, targetId: string): string | undefined {
  const given = [target.Input, target.InputPath, target.InputTransformer].filter((part) => part !== undefined);
  if (given.length > 1) return `Only one of Input, InputPath, or InputTransformer must be provided for target ${targetId}.`;
  const fault = target.Input === undefined ? undefined : jsonFault(target.Input);
  if (fault !== undefined) return `JSON syntax error in input for target ${targetId}: ${fault}`;
  const { InputPathsMap = {}, InputTemplate = '' } = target.InputTransformer ?? {};
  const paths = target.InputPath === undefined ? Object.values(InputPathsMap) : [target.InputPath];
  if (!paths.every(isPath)) return `InputPath for target ${targetId} is invalid.`;
  for (const [, name = ''] of InputTemplate.matchAll(PLACEHOLDER)) {
    if (!RESERVED.has(name) && !Object.hasOwn(InputPathsMap, name)) return `InputTemplate for target ${targetId} contains invalid placeholder ${name}.`;
    if (WHOLE_EVENT.has(name) && !InputTemplate.trimStart().startsWith('{'))
      return `InputTemplate for target ${targetId} contains placeholder ${name} valid only for JSON template.`;
  }
  return undefined;
}

/** A path begins at the event and has no name in brackets; what else it says is looked at when an event comes. */
function isPath(path: string): boolean {
  return path.startsWith('$') && !/\[\s*['"]/.test(path);
}

/**
 * The body that a target receives. Without any shaping, the event as compact JSON.
 * @simplified null for an InputPath that the event does not have: AWS does not say what the target gets
 */
export function shapeTargetInput(target: TargetInput, event: object, context: TransformContext = {}): ShapedInput {
  if (target.Input !== undefined) return { delivered: true, body: target.Input };
  if (target.InputPath !== undefined) return { delivered: true, body: JSON.stringify(valueAtPath(event, target.InputPath) ?? null) };
  if (target.InputTransformer !== undefined) return fillTemplate(target.InputTransformer, event, context);
  return { delivered: true, body: JSON.stringify(event) };
}

/**
 * The input that the transformer makes of the event: the value for a JSON template, the text (quotes kept) for a template of
 * quoted strings, undefined when AWS would not deliver it.
 */
export function transformInput(
  template: { readonly InputPathsMap?: object; readonly InputTemplate: string },
  event: object,
  context: TransformContext = {},
): unknown {
  const shaped = fillTemplate(template as InputTransformer, event, context);
  if (!shaped.delivered) return undefined;
  return isTextTemplate(shaped.body) ? shaped.body : (JSON.parse(shaped.body) as unknown);
}

const STEP = /\.([^.[\]]+)|\[(\d+|\*)\]/g;

/**
 * The value at a path such as `$.detail.items[0].id`; undefined when the event has none. `*` takes all there are, as a list.
 * @source EventBridge User Guide, input transformation: dot notation, array indices, wildcards (2026)
 */
export function valueAtPath(event: unknown, path: string): unknown {
  if (!/^\$(?:\.[^.[\]]+|\[(?:\d+|\*)\])*$/.test(path)) return undefined;
  let values: readonly unknown[] = [event];
  let isList = false;
  for (const [, name, index] of path.matchAll(STEP)) {
    const key = name ?? index ?? '';
    if (values.length === 0 && !isList) return undefined;
    isList ||= key === '*';
    values = values.flatMap((value) => membersOf(value, key, index !== undefined));
  }
  return isList ? values : values[0];
}

/** What one step of a path leads to: one member, all of them, or none. */
function membersOf(value: unknown, key: string, isIndex: boolean): readonly unknown[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== isIndex) return [];
  if (key === '*') return Object.values(value);
  return Object.hasOwn(value, key) ? [(value as Readonly<Record<string, unknown>>)[key]] : [];
}

/**
 * Fills a template. A variable that stands alone in JSON becomes JSON; inside quotes its text is put in as it is, nothing
 * escaped; a path that the event does not have becomes the empty text. What does not read as JSON afterwards is not delivered,
 * nor is an object or list inside the quotes of a JSON template, nor a template with a variable as the key of an object.
 * @source EventBridge as recorded (eventbridge.md §6)
 * @simplified AWS says that a variable is no key, not what happens to one; here it is not delivered
 */
function fillTemplate({ InputPathsMap = {}, InputTemplate }: InputTransformer, event: object, context: TransformContext): ShapedInput {
  const isText = isTextTemplate(InputTemplate);
  let body = '';
  let inQuotes = false;
  let at = 0;
  for (const match of InputTemplate.matchAll(PLACEHOLDER)) {
    const before = InputTemplate.slice(at, match.index);
    inQuotes = endsInQuotes(before, inQuotes);
    const value = variableValue(match[1] as string, InputPathsMap, event, context);
    at = match.index + match[0].length;
    if (!isText && isPartOfKey(InputTemplate.slice(at), inQuotes)) return notDelivered(`${match[0]} stands as the key of an object.`);
    if (!isText && inQuotes && typeof value === 'object' && value !== null) return notDelivered(`${match[0]} is an object or a list, and stands inside quotes.`);
    body += before + (inQuotes ? insideQuotes(value) : (value === undefined ? '""' : JSON.stringify(value)));
  }
  body += InputTemplate.slice(at);
  if (isText) return isListOfQuoted(InputTemplate) ? { delivered: true, body } : notDelivered('The template opens a quoted string and does not close it.');
  return isJson(body) ? { delivered: true, body } : notDelivered('The filled template is no valid JSON.');
}

function notDelivered(reason: string): ShapedInput {
  return { delivered: false, reason };
}

/** Whether what ends before `rest` belongs to the key of an object: behind it, and behind the quote that closes it, comes a colon. */
function isPartOfKey(rest: string, inQuotes: boolean): boolean {
  return (inQuotes ? /^(?:[^"\\]|\\.)*"\s*:/s : /^\s*:/).test(rest);
}

/** A template of quoted strings, one or more lines. */
function isTextTemplate(template: string): boolean {
  return template.trimStart().startsWith('"');
}

function isListOfQuoted(template: string): boolean {
  return template.split('\n').every((line) => line.trim() === '' || /^\s*".*"\s*$/.test(line));
}

/** Whether the text after `text` is inside a quoted string. */
function endsInQuotes(text: string, inQuotes: boolean): boolean {
  for (let i = 0; i < text.length; i += 1) {
    if (text.charAt(i) === '\\' && inQuotes) i += 1;
    else if (text.charAt(i) === '"') inQuotes = !inQuotes;
  }
  return inQuotes;
}

function variableValue(name: string, paths: Readonly<Record<string, string>>, event: object, context: TransformContext): unknown {
  switch (name) {
    case 'aws.events.rule-arn':
      return context.ruleArn;
    case 'aws.events.rule-name':
      return context.ruleName;
    case 'aws.events.event.ingestion-time':
      return context.ingestionTime;
    case 'aws.events.event.json':
      return event;
    case 'aws.events.event':
      return envelope(event as Readonly<Record<string, unknown>>, context);
    default:
      return Object.hasOwn(paths, name) ? valueAtPath(event, paths[name] as string) : undefined;
  }
}

/** The event without its detail; AWS renames `detail-type` here, and the time is that of the ingestion. */
function envelope(event: Readonly<Record<string, unknown>>, { ingestionTime }: TransformContext): object {
  const entries = Object.entries(event).filter(([key]) => key !== 'detail');
  return Object.fromEntries(
    entries.map(([key, value]) => {
      if (key === 'detail-type') return ['detailType', value];
      return [key, key === 'time' ? (ingestionTime ?? value) : value];
    }),
  );
}

/** A value spliced into a quoted string. Objects and lists, which only a template of text takes there, lose their quotes. */
function insideQuotes(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', '');
}
