/** The difference between two designs as lines for people: nodes, settings, files, connections. Positions are left out. */
import type { ScenarioBase, ScenarioEdgeDocument, ScenarioNodeDocument } from '../../scenario/schema.ts';

export interface CodeLine {
  readonly sign: 'add' | 'remove' | 'same';
  readonly text: string;
}
export interface DiffLine {
  readonly sign: 'add' | 'remove' | 'change';
  readonly text: string;
  readonly code?: readonly CodeLine[];
}

export function designDiff(before: ScenarioBase, after: ScenarioBase, edgeWords: (port: string) => string): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  const was = new Map(before.nodes.map((node) => [keyOf(node), node]));
  const is = new Map(after.nodes.map((node) => [keyOf(node), node]));
  for (const [key, node] of was) if (!is.has(key)) lines.push({ sign: 'remove', text: `${node.service} ${nameOf(node)}` });
  for (const [key, node] of is) {
    const earlier = was.get(key);
    if (earlier === undefined) lines.push({ sign: 'add', text: `${node.service} ${nameOf(node)}` });
    else lines.push(...nodeDiff(earlier, node));
  }
  const edgesBefore = new Map(before.edges.map((edge) => [edgeKey(edge, before), edge]));
  const edgesAfter = new Map(after.edges.map((edge) => [edgeKey(edge, after), edge]));
  const text = (edge: ScenarioEdgeDocument, base: ScenarioBase): string => `${nameIn(base, edge.from)} → ${nameIn(base, edge.to)}, ${edgeWords(edge.port)}${edge.grant ? '' : ', without its permission'}`;
  for (const [key, edge] of edgesBefore) if (!edgesAfter.has(key)) lines.push({ sign: 'remove', text: text(edge, before) });
  for (const [key, edge] of edgesAfter) {
    const earlier = edgesBefore.get(key);
    if (earlier === undefined) lines.push({ sign: 'add', text: text(edge, after) });
    else if (earlier.grant !== edge.grant || !sameJson(earlier.config, edge.config)) lines.push({ sign: 'change', text: `${text(edge, after)}${settingsText(earlier.config, edge.config)}` });
  }
  return lines;
}

/** Nodes are the same by service and name: ids of a learner's own nodes are made up by the canvas. */
function keyOf(node: ScenarioNodeDocument): string {
  return `${node.service}/${nameOf(node)}`;
}
function nameOf(node: ScenarioNodeDocument): string {
  return String(node.config['name'] ?? node.id);
}
function nameIn(base: ScenarioBase, id: string): string {
  const node = base.nodes.find((candidate) => candidate.id === id);
  return node ? nameOf(node) : id;
}
function edgeKey(edge: ScenarioEdgeDocument, base: ScenarioBase): string {
  return `${edge.port} ${nameIn(base, edge.from)} ${nameIn(base, edge.to)}`;
}

function nodeDiff(before: ScenarioNodeDocument, after: ScenarioNodeDocument): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  if (!sameJson(before.config, after.config)) lines.push({ sign: 'change', text: `${nameOf(after)}${settingsText(before.config, after.config)}` });
  const files = new Set([...Object.keys(before.files ?? {}), ...Object.keys(after.files ?? {})]);
  for (const file of files) {
    const a = before.files?.[file] ?? '';
    const b = after.files?.[file] ?? '';
    if (a !== b) lines.push({ sign: 'change', text: `${nameOf(after)}, ${file}`, code: codeDiff(a, b) });
  }
  return lines;
}

type Config = ScenarioNodeDocument['config'];

function settingsText(before: Config, after: Config): string {
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((member) => !sameJson(before[member], after[member]));
  return members.map((member) => `: ${member} ${shown(before[member])} → ${shown(after[member])}`).join('');
}
function shown(value: unknown): string {
  const text = value === undefined ? 'default' : typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Lines of a file, by the longest common subsequence; lines far from a change are left out. */
export function codeDiff(before: string, after: string): readonly CodeLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  const longest: number[][] = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) longest[i]![j] = a[i] === b[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
  const lines: CodeLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ sign: 'same', text: a[i]! });
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && longest[i + 1]![j]! >= longest[i]![j + 1]!)) lines.push({ sign: 'remove', text: a[i++]! });
    else lines.push({ sign: 'add', text: b[j++]! });
  }
  return lines.filter((line, at) => line.sign !== 'same' || lines.slice(Math.max(0, at - 2), at + 3).some((near) => near.sign !== 'same'));
}
