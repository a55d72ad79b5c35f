/** The video pipeline from end to end in Node: the template's handler in the real sandbox, clips through the real ffmpeg. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_CLIP } from '../scenario/sample-clip.ts';
import type { ScenarioDocument } from '../scenario/schema.ts';
import { videoPipeline } from '../scenario/templates/video-pipeline/template.ts';
import { manifests } from '../services/manifests.ts';
import { models } from '../services/models.ts';
import type { Runtime } from '../sim/ports/runtime.ts';
import { traceHash } from '../sim/trace-hash.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { simTime } from '../sim/units.ts';
import { createBlobStore } from './blobs.ts';
import { createNodeFfmpegPool } from './ffmpeg/node.ts';
import { withMediaFacts } from './media-facts.ts';
import { loadSandbox } from './sandbox.ts';
import { Simulation } from './simulation.ts';
import { WorkHost } from './work-host.ts';

/** The template with one good and one broken clip. */
function document(): ScenarioDocument {
  const { base } = videoPipeline.document;
  const clips = [
    { clip: 'sample', key: 'dog.mp4', atMs: 400 },
    { clip: 'broken', key: 'broken.mp4', atMs: 3_200 },
  ];
  const nodes = base.nodes.map((node) => (node.id === 'clips' ? { ...node, config: { ...node.config, clips } } : node));
  return { base: { ...base, nodes }, inputs: [] };
}

const UNTIL = simTime(150_000_000);
const blobs = createBlobStore();
blobs.put(readFileSync(`public/${SAMPLE_CLIP.path}`));
const heights = new Map<string, number>();
const ffmpeg = createNodeFfmpegPool(blobs);
const performers = { ffmpeg: withMediaFacts(ffmpeg.perform, ({ sha256, facts }) => void heights.set(sha256, facts.height)) };

async function simulate(runtime: Runtime, former?: Simulation): Promise<Simulation> {
  const simulation = new Simulation({ models, manifests, runtime, blobs }, document(), former === undefined ? {} : { sharing: former });
  const work = new WorkHost(performers);
  for (;;) {
    const status = simulation.runTo(UNTIL, { maxEntries: 20_000 });
    if (status.kind === 'reached') return simulation;
    if (status.kind === 'ended') throw new Error(status.reason);
    work.attend(simulation.world);
    if (status.kind === 'waiting') await work.next();
  }
}

describe('the video pipeline', () => {
  let runtime: Runtime;
  let run: Simulation;
  const events = (kind: string): readonly TraceEvent[] => run.world.trace.events.filter((event) => event.kind === kind);

  beforeAll(async () => {
    runtime = await loadSandbox({ models, blobs });
    run = await simulate(runtime);
  }, 400_000);

  test('deploys without a problem', () => {
    expect(run.problems).toEqual([]);
  });

  test('makes three renditions of a clip, with the right heights', () => {
    const made = events('s3.ObjectCreated').filter((event) => event.resource === 'arn:aws:s3:::renditions');
    expect(made.map((event) => event.data['key'])).toEqual(['dog-1080p.mp4', 'dog-720p.mp4', 'dog-480p.mp4']);
    expect(made.map((event) => heights.get(String(event.data['sha256'])))).toEqual([1080, 720, 480]);
    expect(made.every((event) => event.data['contentType'] === 'video/mp4')).toBe(true);
  });

  test('gives a broken clip up after exactly three receives', () => {
    expect(events('sqs.MessageDeadLettered')).toHaveLength(1);
    expect(events('sqs.DeadLetterArrived')).toHaveLength(1);
    const subject = events('sqs.MessageDeadLettered')[0]!.subjects![0]!;
    expect(events('sqs.MessageReceived').filter((event) => event.subjects?.includes(subject))).toHaveLength(3);
    expect(events('lambda.ChildEnded').filter((event) => event.data['exitCode'] !== 0)).toHaveLength(3);
  });

  test('has the same hash when it is run again', async () => {
    const again = await simulate(await loadSandbox({ models, blobs }), run);
    expect(traceHash(again.world.trace.events)).toBe(traceHash(run.world.trace.events));
  }, 400_000);
});
