import { describe, expect, it } from 'vitest';
import type { ScenarioBase } from '../../scenario/schema.ts';
import { codeDiff, designDiff } from './design-diff.ts';

const position = { x: 0, y: 0 };
const base: ScenarioBase = {
  version: 1,
  name: 'x',
  startAt: '2026-01-01T00:00:00Z',
  seed: 1,
  nodes: [
    { id: 'f', service: 'lambda', config: { name: 'publish', Timeout: 3 }, files: { 'index.mjs': 'a\nb\nc' }, position },
    { id: 'q', service: 'sqs', config: { name: 'dead' }, position },
  ],
  edges: [{ id: 'e', from: 'f', to: 'q', port: 'lambda.on-failure', config: {}, grant: true }],
  stimuli: [],
  faults: [],
};
const texts = (after: ScenarioBase): string[] => designDiff(base, after, (port) => port.split('.')[1]!).map((line) => `${line.sign} ${line.text}`);

describe('The difference of two designs', () => {
  it('is nothing for the same design under other ids and at other places', () => {
    const other = { ...base, nodes: base.nodes.map((node) => ({ ...node, id: `n-${node.id}`, position: { x: 9, y: 9 } })), edges: [{ ...base.edges[0]!, id: 'z', from: 'n-f', to: 'n-q' }] };
    expect(texts(other)).toEqual([]);
  });

  it('names nodes, settings, files and connections', () => {
    const after: ScenarioBase = {
      ...base,
      nodes: [{ ...base.nodes[0]!, config: { name: 'publish', Timeout: 5 }, files: { 'index.mjs': 'a\nB\nc' } }, { id: 's', service: 's3', config: { name: 'site' }, position }],
      edges: [],
    };
    expect(texts(after)).toEqual(['remove sqs dead', 'change publish: Timeout 3 → 5', 'change publish, index.mjs', 'add s3 site', 'remove publish → dead, on-failure']);
    expect(texts({ ...base, edges: [{ ...base.edges[0]!, grant: false }] })).toEqual(['change publish → dead, on-failure, without its permission']);
  });

  it('shows the lines of a file that differ, with a little of what is round them', () => {
    const lines = codeDiff('1\n2\n3\n4\n5\n6\n7', '1\n2\n3\n4\nfive\n6\n7').map((line) => `${line.sign} ${line.text}`);
    expect(lines).toEqual(['same 3', 'same 4', 'remove 5', 'add five', 'same 6', 'same 7']);
  });
});
