/** The engine without a page, for Node: what tests, benchmarks, lesson grading and people in CI import. Importing it starts nothing. */
export { compileEventPatterns } from '../base/event-pattern/compile-rules.ts';
export { matchEventPattern } from '../base/event-pattern/match.ts';
export { transformInput } from '../base/input-transformer.ts';
export { nextFireTimes } from '../base/schedule/next-fire-times.ts';
export { createCloud } from './headless/create-cloud.ts';
export type { Cloud } from './headless/create-cloud.ts';
export type { CloudError, CloudOptions } from './cloud.ts';
export { decodeLink, encodeLink } from './headless/links.ts';
export { runScenario } from './headless/run-scenario.ts';
export type { RunOptions, ScenarioRun } from './headless/run-scenario.ts';
export type { TraceEvent } from '../sim/trace.ts';
