/** The scenario document: its schema. `base` is the design at t = 0, `inputs` is all that was done during the run. */
import { z } from 'zod';

/** Current version of the document; a change of shape adds a numbered migration. */
export const SCENARIO_VERSION = 1;

/** Stated bounds of a document, checked before anything is made of it. */
export const SCENARIO_LIMITS = {
  nodesMax: 500,
  edgesMax: 1_500,
  inputsMax: 5_000,
  filesPerNodeMax: 50,
  fileCharsMax: 256_000,
  documentBytesMax: 4_000_000,
  nameCharsMax: 120,
  testEventsMax: 200,
  stimuliMax: 1_000,
  faultsMax: 1_000,
  /** Calls of one list, and of one burst. */
  listedMax: 10_000,
  burstMax: 100_000,
} as const;

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'An id is 1 to 64 letters, digits, - or _.');
/** Configuration values: checked against the service's own schema by `validateScenario`. */
const config = z.record(z.string(), z.json());
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const nodeSchema = z.strictObject({
  id,
  service: z.string().min(1).max(64),
  config,
  files: z.record(z.string().min(1).max(256), z.string().max(SCENARIO_LIMITS.fileCharsMax)).optional(),
  position: z.strictObject({ x: z.number().finite(), y: z.number().finite() }),
});

export const edgeSchema = z.strictObject({ id, from: id, to: id, port: z.string().min(1).max(128), config, grant: z.boolean() });

export const clipRefSchema = z.strictObject({ name: z.string().min(1).max(1024), sha256, size: z.int().min(0) });

/** A call made on the world by itself, at a time or by a law of arrivals. `{{n}}` in a text of its input becomes the number of the call, from 1. */
export const stimulusSchema = z.strictObject({
  id,
  /** Node that is shown as its origin, when there is one. */
  node: id.optional(),
  call: z.strictObject({ service: z.string(), operation: z.string(), input: z.record(z.string(), z.json()) }),
  arrivals: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('list'), atMs: z.array(z.number().min(0)).max(SCENARIO_LIMITS.listedMax) }),
    z.strictObject({ kind: z.literal('constant'), everyMs: z.number().positive(), fromMs: z.number().min(0), untilMs: z.number().min(0) }),
    z.strictObject({ kind: z.literal('poisson'), perSec: z.number().positive(), fromMs: z.number().min(0), untilMs: z.number().min(0) }),
    /** The rate goes evenly from one to the other; a call comes wherever its integral reaches the next whole number. */
    z.strictObject({ kind: z.literal('ramp'), fromPerSec: z.number().min(0), toPerSec: z.number().min(0), fromMs: z.number().min(0), untilMs: z.number().min(0) }),
    z.strictObject({ kind: z.literal('burst'), atMs: z.number().min(0), count: z.int().positive().max(SCENARIO_LIMITS.burstMax) }),
  ]),
});

/** A fault that a run injects, scripted and reproducible. */
export const faultSchema = z.strictObject({
  id,
  node: id,
  kind: z.enum(['throw', 'slow', 'timeout', 'out-of-memory', 'throttle', 'deny']),
  fromMs: z.number().min(0),
  untilMs: z.number().min(0),
  /** Chance per call, 0 to 1. */
  chance: z.number().min(0).max(1),
  config: config.optional(),
});

/** An event that someone keeps to try a function with. It is no part of any run. */
export const testEventSchema = z.strictObject({ node: id, name: z.string().min(1).max(80), text: z.string().max(SCENARIO_LIMITS.fileCharsMax) });

export const baseSchema = z.strictObject({
  version: z.literal(SCENARIO_VERSION),
  name: z.string().min(1).max(SCENARIO_LIMITS.nameCharsMax),
  /** Calendar time of t = 0. */
  startAt: z.iso.datetime(),
  seed: z.int().min(0).max(4_294_967_295),
  nodes: z.array(nodeSchema).max(SCENARIO_LIMITS.nodesMax),
  edges: z.array(edgeSchema).max(SCENARIO_LIMITS.edgesMax),
  stimuli: z.array(stimulusSchema).max(SCENARIO_LIMITS.stimuliMax),
  faults: z.array(faultSchema).max(SCENARIO_LIMITS.faultsMax),
  testEvents: z.array(testEventSchema).max(SCENARIO_LIMITS.testEventsMax).optional(),
});

/** What was done during a run, with its virtual time (µs) and, within one instant, its order in the list. */
export const inputSchema = z.discriminatedUnion('kind', [
  /** The user made an AWS call: redrive, send a test message, invoke. */
  z.strictObject({ kind: z.literal('call'), atUs: z.int().min(0), service: z.string(), operation: z.string(), input: z.record(z.string(), z.json()) }),
  /** The user dropped a clip on a bucket or a clip source. */
  z.strictObject({ kind: z.literal('upload'), atUs: z.int().min(0), node: id, key: z.string().min(1).max(1024), clip: clipRefSchema }),
  /** The design became this (the difference is deployed as API calls). */
  z.strictObject({ kind: z.literal('edit'), atUs: z.int().min(0), nodes: z.array(nodeSchema), edges: z.array(edgeSchema) }),
  /** The user stopped a piece of external work. */
  z.strictObject({ kind: z.literal('cancel-work'), atUs: z.int().min(0), workId: z.string().max(64) }),
]);

export const scenarioSchema = z.strictObject({
  base: baseSchema,
  inputs: z.array(inputSchema).max(SCENARIO_LIMITS.inputsMax),
});

export type ScenarioDocument = z.infer<typeof scenarioSchema>;
export type ScenarioBase = z.infer<typeof baseSchema>;
export type ScenarioNodeDocument = z.infer<typeof nodeSchema>;
export type ScenarioEdgeDocument = z.infer<typeof edgeSchema>;
export type Stimulus = z.infer<typeof stimulusSchema>;
export type Fault = z.infer<typeof faultSchema>;
export type TestEvent = z.infer<typeof testEventSchema>;
export type RunInput = z.infer<typeof inputSchema>;
export type ClipRef = z.infer<typeof clipRefSchema>;
