/** What a lesson is: front matter, steps, checks and proof, as one schema. Prose is Markdown; everything a machine reads is YAML in it. */
import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A condition on one data member: a plain value, or one of these. */
const condition = z.union([
  scalar,
  z.strictObject({ gt: z.number() }),
  z.strictObject({ gte: z.number() }),
  z.strictObject({ lt: z.number() }),
  z.strictObject({ lte: z.number() }),
  z.strictObject({ oneOf: z.array(scalar).min(1) }),
  z.strictObject({ not: scalar }),
  z.strictObject({ contains: z.string() }),
]);

/** Which trace events are meant. All given members must hold. */
export const matcherSchema = z.strictObject({
  /** A kind, several, or a prefix with `*`: `lambda.*`. */
  kind: z.union([z.string(), z.array(z.string()).min(1)]),
  /** Part of the resource's ARN; `*` for any run of characters. */
  resource: z.string().optional(),
  /** One of the event's subjects, `*` for any run of characters: `s3://uploads/*.mp4`. */
  subject: z.string().optional(),
  /** Dotted member path → condition. */
  data: z.record(z.string(), condition).optional(),
  /** Only events in the life of such a subject: object key, request id and message id of one thing are one life. `s3://uploads/broken.mp4`. */
  life: z.string().optional(),
  /** Only events on a resource that also has an event which fits this. */
  get besides() {
    return matcherSchema.optional();
  },
  /** Only events of such origin: some event that led to it (any number of causes back) fits this matcher. */
  get from() {
    return matcherSchema.optional();
  },
});
export type Matcher = z.infer<typeof matcherSchema>;
export type Condition = z.infer<typeof condition>;

/**
 * How two events belong together: one caused the other (any number of steps), they share a subject, or they are of one life (shared subjects,
 * any number of steps). Causes also run through an environment that serves one event after another; lives do not.
 */
const link = z.enum(['descends', 'subject', 'life']);

/** A property of a trace. Pure and serialisable. Times in virtual milliseconds. */
export const propertySchema = z.discriminatedUnion('is', [
  /** Some event fits. */
  z.strictObject({ is: z.literal('eventually'), event: matcherSchema }),
  /** No event fits. */
  z.strictObject({ is: z.literal('never'), event: matcherSchema }),
  /** For each event that fits `when`, a linked event that fits `then`, at most `withinMs` after it. */
  z.strictObject({ is: z.literal('always'), when: matcherSchema, then: matcherSchema, link, withinMs: z.number().positive().optional() }),
  /** For each event that fits `when`, no linked event that fits `then`. */
  z.strictObject({ is: z.literal('never-after'), when: matcherSchema, then: matcherSchema, link }),
  /** How many events fit; with `per: subject`, for each subject by itself. */
  z.strictObject({ is: z.literal('count'), event: matcherSchema, min: z.int().min(0).optional(), max: z.int().min(0).optional(), per: z.literal('subject').optional() }),
  /** The first event of each matcher, in this order. */
  z.strictObject({ is: z.literal('order'), events: z.array(matcherSchema).min(2) }),
  /** The p-th percentile (nearest rank) of a data member is at most `max`. */
  z.strictObject({ is: z.literal('percentile'), event: matcherSchema, member: z.string(), p: z.number().min(0).max(100), max: z.number() }),
  /** The whole run costs at most this, in US dollars. */
  z.strictObject({ is: z.literal('cost'), maxUsd: z.number().positive() }),
]);
export type Property = z.infer<typeof propertySchema>;

/** A message for one way of being wrong. The first whose property holds is said; `{subject}`, `{at}` and `{data member}` are filled from the event it points to; members that end in Us are shown as times, ARNs by their name. */
const diagnosisSchema = z.strictObject({ id: z.string(), when: propertySchema, say: z.string().min(1), pointAt: matcherSchema.optional() });

export const checkSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** The goal, as a sentence that is true when it is met. */
  goal: z.string().min(1),
  property: propertySchema,
  /** Said when it fails and no diagnosis fits. */
  fails: z.string().min(1),
  diagnoses: z.array(diagnosisSchema).default([]),
  /** Counts for the third star only. */
  bonus: z.boolean().default(false),
});
export type Check = z.infer<typeof checkSchema>;

/** A change to a scenario, as data: what hints offer, what proofs vary. */
export const patchSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('add-node'), node: z.record(z.string(), z.json()) }),
  z.strictObject({ do: z.literal('remove-node'), node: z.string() }),
  z.strictObject({ do: z.literal('set-config'), node: z.string(), config: z.record(z.string(), z.json()) }),
  z.strictObject({ do: z.literal('set-file'), node: z.string(), file: z.string(), handler: z.string() }),
  z.strictObject({ do: z.literal('add-edge'), edge: z.record(z.string(), z.json()) }),
  z.strictObject({ do: z.literal('remove-edge'), edge: z.string() }),
  z.strictObject({ do: z.literal('set-edge'), edge: z.string(), config: z.record(z.string(), z.json()).optional(), grant: z.boolean().optional() }),
]);
export type Patch = z.infer<typeof patchSchema>;

const hintSchema = z.strictObject({
  kind: z.enum(['nudge', 'ghost', 'recipe']),
  say: z.string().min(1),
  /** A ghost shows what would be added; Enter or a click adds it. */
  ghost: z.array(patchSchema).optional(),
  /** Points at a node, or at a line of a handler. */
  pointAt: z.strictObject({ node: z.string(), file: z.string().optional(), line: z.int().positive().optional() }).optional(),
});

/** A question before the run. Never scored: the answer is laid over the truth afterwards. */
const predictionSchema = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('pick'), options: z.array(z.strictObject({ id: z.string(), label: z.string() })).min(2), truth: z.string(), because: z.string() }),
  z.strictObject({ ask: z.literal('order'), items: z.array(z.strictObject({ id: z.string(), label: z.string() })).min(2), truth: z.array(z.string()), because: z.string() }),
  /** Draw the way of a thing over nodes: node ids in order. */
  z.strictObject({ ask: z.literal('path'), truth: z.array(z.string()).min(2), because: z.string() }),
  /** Point at a moment; off by less than `withinMs` counts as near in words only. */
  z.strictObject({ ask: z.literal('moment'), untilMs: z.number().positive(), truth: matcherSchema, pick: z.enum(['first', 'last']), withinMs: z.number().positive(), because: z.string() }),
]);
export type Prediction = z.infer<typeof predictionSchema>;

const stopSchema = z.strictObject({
  /** Stops at the nth event that fits (1 unless told), or at a time. */
  at: z.union([matcherSchema, z.strictObject({ ms: z.number().min(0) })]),
  nth: z.int().positive().default(1),
  say: z.string().min(1),
  /** Passes over the time before it in one jump. */
  skip: z.boolean().default(false),
});
export type Stop = z.infer<typeof stopSchema>;

/** What the YAML block of a step holds, by the step's heading. */
export const stepSchemas = {
  recall: z.strictObject({ options: z.array(z.string()).min(2), answer: z.int().min(0), because: z.string() }),
  predict: predictionSchema,
  watch: z.strictObject({ stops: z.array(stopSchema).min(1) }),
  do: z.strictObject({
    checks: z.array(checkSchema).min(1),
    hints: z.array(hintSchema).max(3),
    /** Virtual time a run is graded over. */
    runMs: z.number().positive(),
  }),
  break: z.strictObject({ patch: z.array(patchSchema).min(1), label: z.string(), prediction: predictionSchema, checks: z.array(checkSchema).default([]), runMs: z.number().positive() }),
  rule: z.strictObject({ notesSay: z.string(), awsToday: z.string(), source: z.string(), tryNext: z.string().optional() }),
} as const;

export type StepKind = keyof typeof stepSchemas;
export const STEP_KINDS = Object.keys(stepSchemas) as readonly StepKind[];

/** Most words of prose in a step. */
export const STEP_WORDS_MAX = 120;

export const frontMatterSchema = z.strictObject({
  id: z.string().regex(/^\d\d-[a-z0-9-]+$/),
  chapter: z.strictObject({ number: z.int().min(1).max(6), title: z.string() }),
  title: z.string(),
  /** The surprise, one sentence: shown in the list of lessons. */
  surprise: z.string(),
  minutes: z.int().min(1).max(15),
  noteLines: z.array(z.int().positive()).min(1),
  facts: z.array(z.string()).min(1),
  uses: z.array(z.string()).min(1),
  /** Services offered in the palette; all when absent. */
  palette: z.array(z.string()).optional(),
  /** Nodes that cannot be removed or changed. */
  locked: z.array(z.string()).default([]),
  /** Clips that the lesson's uploads need, by name. */
  clips: z.array(z.string()).default([]),
  /** How the lesson shows that it can be failed, and that each accepted way passes. All patches apply to the solution, unless `on: start`. */
  proof: z.strictObject({
    alternatives: z.array(z.strictObject({ name: z.string(), on: z.enum(['start', 'solution']).default('start'), patch: z.array(patchSchema).min(1) })).default([]),
    withheld: z.array(z.strictObject({ concept: z.string(), on: z.enum(['start', 'solution']).default('solution'), patch: z.array(patchSchema).min(1), fails: z.string() })).min(1),
    misconceptions: z.array(z.strictObject({ name: z.string(), on: z.enum(['start', 'solution']).default('start'), patch: z.array(patchSchema).min(1), check: z.string(), diagnosis: z.string() })).default([]),
  }),
});
export type FrontMatter = z.infer<typeof frontMatterSchema>;

type StepData = { [K in StepKind]: { readonly kind: K; readonly heading: string; readonly prose: readonly ProseBlock[]; readonly data: z.infer<(typeof stepSchemas)[K]> } }[StepKind];
export type Step = StepData;
export type StepOf<K extends StepKind> = Extract<StepData, { kind: K }>;

/** Prose as data: paragraphs of runs, so that no HTML is ever made of it. */
export interface ProseBlock {
  readonly kind: 'paragraph' | 'item';
  readonly runs: readonly { readonly text: string; readonly mark: 'plain' | 'strong' | 'emphasis' | 'code' }[];
}

export interface Lesson {
  readonly front: FrontMatter;
  readonly steps: readonly Step[];
}
