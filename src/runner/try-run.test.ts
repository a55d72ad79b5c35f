/** A function called alone: with its rights and what came from outside, without anything that reacts, and without a trace in any run. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { isolated } from '../scenario/isolate.ts';
import { manifestsById } from '../scenario/environment.ts';
import { SAMPLE_CLIP } from '../scenario/sample-clip.ts';
import type { ScenarioBase } from '../scenario/schema.ts';
import { videoPipeline } from '../scenario/templates/video-pipeline/template.ts';
import { manifests } from '../services/manifests.ts';
import { models } from '../services/models.ts';
import { createBlobStore } from './blobs.ts';
import { createNodeFfmpegPool } from './ffmpeg/node.ts';
import { loadSandbox } from './sandbox.ts';
import { createTryRun } from './try-run.ts';
import type { RunForTrying, Tried } from './try-run.ts';

const byId = manifestsById(manifests);
const { base } = videoPipeline.document;
const blobs = createBlobStore();
blobs.put(readFileSync(`public/${SAMPLE_CLIP.path}`));
let run: RunForTrying;
beforeAll(async () => {
  const runtime = await loadSandbox({ models, blobs });
  run = createTryRun({ models, manifests, runtime, blobs, performers: { ffmpeg: createNodeFfmpegPool(blobs).perform }, bring: (clip) => Promise.reject(new Error(clip.name)) });
});

function withCode(code: string, config: Readonly<Record<string, string | number>> = {}): ScenarioBase {
  return { ...base, nodes: base.nodes.map((node) => (node.id === 'transcode' ? { ...node, config: { ...node.config, ...config }, files: { 'handler.mjs': code } } : node)) };
}
async function invoke(design: ScenarioBase, o: { readonly event?: unknown; readonly atUs?: number } = {}): Promise<Tried> {
  const atUs = o.atUs ?? 5_000_000;
  return run(isolated(design, null, byId, { nodeId: 'transcode', untilUs: atUs }), { call: { service: 'lambda', operation: 'Invoke', input: { FunctionName: 'transcode', Payload: JSON.stringify(o.event ?? {}) } }, atUs, forUs: 960_000_000 });
}
function outputOf({ answer }: Tried): { readonly payload: unknown; readonly error: string | undefined } {
  if (!answer.ok) throw new Error(answer.error.message);
  const { Payload, FunctionError } = answer.output as { readonly Payload: Uint8Array; readonly FunctionError?: string };
  return { payload: JSON.parse(new TextDecoder().decode(Payload)), error: FunctionError };
}
const kinds = (tried: Tried): readonly string[] => tried.events.map((event) => event.kind);

describe('a call on a world of its own', () => {
  test('answers what the handler returns, with its log lines, at the moment it was made', async () => {
    const tried = await invoke(withCode("export const handler = async (event) => {\n  console.log('hello', event.name);\n  return { now: new Date().toISOString() };\n};"), { event: { name: 'Ada' } });
    expect(outputOf(tried).payload).toEqual({ now: expect.stringMatching(/^2026-\d\d-\d\dT\d\d:\d\d:0[5-6]/) as string });
    const lines = tried.events.filter((event) => event.kind === 'logs.Line').map((event) => String(event.data['message']));
    expect(lines.filter((line) => line.includes('\thello Ada\n'))).toHaveLength(1);
    expect(lines.at(-1)).toMatch(/^REPORT RequestId: /);
  });

  test('finds what was uploaded until then, with the function\'s own rights, and nobody has worked on it', async () => {
    const code = "import { S3Client, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';\nconst s3 = new S3Client({});\nexport const handler = async () => {\n  const keys = async (Bucket) => ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map((object) => object.Key);\n  return { uploads: await keys('uploads'), renditions: await keys('renditions').catch((error) => error.name), bytes: (await s3.send(new GetObjectCommand({ Bucket: 'uploads', Key: (await keys('uploads'))[0] }))).ContentLength };\n};";
    const tried = [await invoke(withCode(code), { atUs: 1_500_000 }), await invoke(withCode(code), { atUs: 20_000_000 })];
    const [few, many] = tried.map((one) => outputOf(one).payload as { readonly uploads: readonly string[]; readonly renditions: unknown; readonly bytes: number });
    expect(many!.uploads.length).toBeGreaterThan(few!.uploads.length);
    expect(few!.bytes).toBeGreaterThan(1_000);
    // It may write renditions, not list them; and there are none.
    expect(many!.renditions).toBe('AccessDenied');
  });

  test('runs the function once: its queue brings it nothing', async () => {
    const tried = await invoke(withCode('export const handler = async () => 1;'), { atUs: 30_000_000 });
    expect(kinds(tried).filter((kind) => kind === 'lambda.InvocationStarted')).toHaveLength(1);
    expect(kinds(tried).filter((kind) => kind === 'lambda.BatchReceived')).toEqual([]);
  });

  test('tells how it fails: by error, by timeout', async () => {
    const thrown = await invoke(withCode("export const handler = async () => {\n  throw new TypeError('no');\n};"));
    expect(outputOf(thrown)).toMatchObject({ error: 'Unhandled', payload: { errorType: 'TypeError', errorMessage: 'no', trace: [expect.any(String), expect.stringContaining('handler.mjs:2')] } });
    const late = await invoke(withCode('export const handler = () => new Promise((done) => setTimeout(done, 60_000));', { Timeout: 3 }));
    expect(kinds(late)).toContain('lambda.InvocationTimedOut');
  });

  test('is the same each time', async () => {
    const design = withCode('export const handler = async () => Math.random();');
    expect((await invoke(design)).events).toEqual((await invoke(design)).events);
  });
});
