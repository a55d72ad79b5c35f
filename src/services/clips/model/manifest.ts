/** The clip source: the people who upload, as a node. It is no AWS service: a client with clips and times. */
import { z } from 'zod';
import { defineManifest } from '../../../sim/manifest.ts';
import type { ApiCall, DeployEnvironment, ScenarioNode } from '../../../sim/manifest.ts';

const clip = z.object({
  /** `sample`, `broken`, or the SHA-256 of a clip that the visitor drops in. */
  clip: z.string().regex(/^(sample|broken|[0-9a-f]{64})$/, 'A clip is the sample, the broken one, or a file that was dropped in.').default('sample'),
  /** Bytes of a dropped clip; 0 for ours. */
  size: z.int().min(0).default(0),
  key: z.string().min(1, 'A key has 1 to 1,024 characters.').max(1024, 'A key has 1 to 1,024 characters.').default('clip.mp4'),
  atMs: z.number().min(0, 'A clip is uploaded at 0 s or later.').max(86_400_000).default(0),
});

const config = z.object({
  name: z.string().min(1).max(64).meta({ label: 'Name', group: 'Clips' }),
  clips: z.array(clip).max(200, 'A clip source holds 200 clips.').default([]).meta({ label: 'Uploads', group: 'Clips', help: 'Which clip is uploaded under which key, and when.' }),
});

function setUploads(node: ScenarioNode, bucket: string | null): ApiCall {
  return { service: 'clips', operation: 'SetUploads', input: { NodeName: String(node.config['name']), Bucket: bucket, Clips: node.config['clips'] ?? [] } };
}
function bucketOf(nodeId: string, environment: DeployEnvironment, without?: string): string | null {
  const edge = environment.edgesOf(nodeId).find((candidate) => candidate.port === 'clips.upload' && candidate.from === nodeId && candidate.id !== without);
  const node = edge && environment.node(edge.to);
  return node === undefined ? null : String(node.config['name']);
}

export const manifest = defineManifest({
  id: 'clips',
  title: 'Clip source',
  noun: 'Clips',
  summary: 'Uploads clips, yours or ours, at times you choose.',
  family: 'client',
  icon: 'clips',
  paletteOrder: 900,
  config,
  nameBase: 'Clips',
  provides: [],
  arn: (own) => `arn:aws:clips:::${String(own['name'])}`,
  edges: [
    {
      id: 'clips.upload',
      label: 'upload',
      icon: 'upload',
      owner: 'from',
      needs: 'store',
      style: 'push',
      shape: 'object',
      ownerMax: 1,
      config: z.object({}),
      deploy: (edge, environment) => [setUploads(environment.node(edge.from)!, bucketOf(edge.from, environment))],
      remove: (edge, environment) => [setUploads(environment.node(edge.from)!, bucketOf(edge.from, environment, edge.id))],
    },
  ],
  deploy: (node) => [setUploads(node, null)],
  update: (before, after, environment) => (before.config['name'] === after.config['name'] ? [setUploads(after, bucketOf(after.id, environment))] : null),
  remove: (node) => [setUploads({ ...node, config: { ...node.config, clips: [] } }, null)],
  upload: (node, file) => ({ service: 'clips', operation: 'Upload', input: { NodeName: String(node.config['name']), Key: file.key, Blob: file.blob } }),
  prices: {},
  cost: () => [],
  metrics: () => [],
  simplified: ['Uploads take 40 milliseconds and 8 milliseconds more for each megabyte.'],
});
