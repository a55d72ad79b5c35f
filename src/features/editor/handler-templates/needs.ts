/** What a handler template asks of the function around it, and whether a design gives it. */
import type { ScenarioBase, ScenarioEdgeDocument, ScenarioNodeDocument } from '../../../scenario/schema.ts';

export interface Need {
  /** 'the variable TABLE': a piece of a list. */
  readonly words: string;
  readonly met: (node: ScenarioNodeDocument, design: ScenarioBase) => boolean;
}

const edgesOver = (design: ScenarioBase, port: string, end: { readonly from?: string; readonly to?: string }): readonly ScenarioEdgeDocument[] =>
  design.edges.filter((edge) => edge.port === port && (end.from === undefined || edge.from === end.from) && (end.to === undefined || edge.to === end.to));
const serviceOf = (design: ScenarioBase, nodeId: string): string | undefined => design.nodes.find((node) => node.id === nodeId)?.service;

/** One of the variables, any of them. */
export const variable = (...names: readonly string[]): Need => ({
  words: `the variable ${names.join(' or ')}`,
  met: ({ config }) => names.some((name) => ((config['Environment'] ?? {}) as Readonly<Record<string, string>>)[name] !== undefined),
});

export const layer = (name: string): Need => ({ words: `the ${name} layer`, met: ({ config }) => ((config['Layers'] ?? []) as readonly string[]).includes(name) });

/** Lambda's own default is 3 s. @source aws/lambda.md §2 */
export const timeout = (seconds: number): Need => ({ words: `a timeout of ${seconds} s`, met: ({ config }) => Number(config['Timeout'] ?? 3) >= seconds });

/** A connection over which the handler may call one of these services. */
export const calls = (port: 'lambda.reads' | 'lambda.writes', services: readonly string[], words: string): Need => ({
  words,
  met: ({ id }, design) => edgesOver(design, port, { from: id }).some((edge) => services.includes(serviceOf(design, edge.to) ?? '')),
});

/** A queue that the function works off, with some settings of the mapping. */
export const polls = (config: Readonly<Record<string, unknown>>, words: string): Need => ({
  words,
  met: ({ id }, design) =>
    edgesOver(design, 'lambda.event-source-mapping', { to: id }).some((edge) => serviceOf(design, edge.from) === 'sqs' && Object.entries(config).every(([name, value]) => edge.config[name] === value)),
});

/** The queue that it works off has a queue for dead letters. */
export const deadLetters: Need = {
  words: 'dead letters behind that queue',
  met: ({ id }, design) => edgesOver(design, 'lambda.event-source-mapping', { to: id }).some((edge) => edgesOver(design, 'sqs.redrive', { from: edge.from }).length > 0),
};

/** Something that calls it with events of these ports. */
export const calledOver = (ports: readonly string[], words: string): Need => ({ words, met: ({ id }, design) => ports.some((port) => edgesOver(design, port, { to: id }).length > 0) });

/** Words of the needs that are not met, in their order. */
export function unmet(needs: readonly Need[], node: ScenarioNodeDocument, design: ScenarioBase): readonly string[] {
  return needs.filter(({ met }) => !met(node, design)).map(({ words }) => words);
}
