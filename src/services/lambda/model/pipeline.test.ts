import { describe, expect, it } from 'vitest';
import { createBlobStore } from '../../../runner/blobs.ts';
import { loadSandbox } from '../../../runner/sandbox.ts';
import { Simulation } from '../../../runner/simulation.ts';
import type { ScenarioDocument } from '../../../scenario/schema.ts';
import { templates } from '../../../scenario/templates/templates.ts';
import { simTime } from '../../../sim/units.ts';
import { manifests } from '../../manifests.ts';
import { models } from '../../models.ts';
import { scriptedRuntime } from './testing/scripted-runtime.ts';
import type { Script, Step } from './testing/scripted-runtime.ts';

/** The template's handler as steps: fetch the clip, make three renditions, put each. */
const transcode: Script = {
  handle: (event) =>
    (event as { Records: { body: string }[] }).Records.flatMap((record): Step[] => {
      const { detail } = JSON.parse(record.body) as { detail: { bucket: { name: string }; object: { key: string } } };
      const { key } = detail.object;
      const rendition = (height: number): Step[] => [
        { run: ['-i', '/tmp/clip.mp4', '-preset', 'veryfast', `/tmp/${height}p.mp4`], then: (result) => ((result as { exitCode: number }).exitCode === 0 ? [] : [{ fail: ['Error', 'ffmpeg exited with 1'] }, { sleepMs: 100_000 }]) },
        { call: ['s3', 'PutObject', { Bucket: 'renditions', Key: key.replace(/\.mp4$/, `-${height}p.mp4`), Body: 'a rendition' }] },
      ];
      return [{ call: ['s3', 'GetObject', { Bucket: detail.bucket.name, Key: key }] }, ...[1080, 720, 480].flatMap(rendition), { result: null }];
    }),
};

function simulate(document: ScenarioDocument, script: Script): Simulation {
  const files = document.base.nodes.flatMap((node) => Object.values(node.files ?? {}));
  const runtime = scriptedRuntime(Object.fromEntries(files.map((text) => [text, script])));
  return new Simulation({ models, manifests, runtime, blobs: createBlobStore() }, document);
}

const facts = { frames: 60, inputs: [{ width: 1280, height: 720 }], outputs: [{ codec: 'h264', width: 854, height: 480, durationMs: 2_000 }], preset: 'veryfast' };
/** Runs on and does the host's work: a clip of less than 100 bytes is none. */
function run(simulation: Simulation, untilMs: number): void {
  for (;;) {
    const status = simulation.runTo(simTime(untilMs * 1000));
    if (status.kind !== 'waiting') return;
    for (const item of status.work) {
      const { args, inputs } = item.request as { args: string[]; inputs: { size: number }[] };
      const broken = (inputs[0]?.size ?? 1_000) < 100;
      const output = simulation.world.options.blobs.put(new Uint8Array(1_000));
      simulation.world.work.results.set(item.key, { exitCode: broken ? 1 : 0, stdout: '', stderr: broken ? 'Invalid data found when processing input\n' : '', outputs: broken ? [] : [{ path: args.at(-1)!, ...output }], facts: broken ? {} : facts });
    }
  }
}
const kinds = (simulation: Simulation, kind: string): number => simulation.world.trace.events.filter((event) => event.kind === kind).length;

describe('templates with functions', () => {
  it.each(templates.map((template) => [template.id, template] as const))('%s deploys without a refusal, and its functions and mappings are ready at t = 0', (_, template) => {
    const simulation = simulate(template.document, { handle: () => [{ result: null }] });
    expect(simulation.problems).toEqual([]);
    const functions = template.document.base.nodes.filter((node) => node.service === 'lambda');
    expect(kinds(simulation, 'lambda.FunctionActive')).toBe(functions.length);
    for (const node of functions) {
      const arn = simulation.arns()[node.id]!;
      const summary = simulation.world.models.get('lambda')!.summarize(simulation.world.context('lambda'), arn) as { state: string; mappings: { state: string }[] };
      expect(summary.state).toBe('Active');
      expect(summary.mappings.every((mapping) => mapping.state === 'Enabled')).toBe(true);
    }
  });
});

describe('the video pipeline', () => {
  const template = templates.find((candidate) => candidate.id === 'video-pipeline')!;

  it('turns an upload into three renditions, and deletes the message', () => {
    const simulation = simulate(template.document, transcode);
    run(simulation, 3_000);
    const put = simulation.world.trace.events.filter((event) => event.kind === 's3.ObjectCreated' && event.resource.endsWith('renditions')).map((event) => event.data['key']);
    expect(put.slice(0, 3)).toEqual(['dog-1080p.mp4', 'dog-720p.mp4', 'dog-480p.mp4']);
    expect(kinds(simulation, 'sqs.MessageDeleted')).toBeGreaterThan(0);
    expect(kinds(simulation, 'lambda.InvocationFailed') + kinds(simulation, 'lambda.InvocationTimedOut')).toBe(0);
  });

  it('gives a message that always fails to the dead-letter queue after three receives', () => {
    const one: ScenarioDocument = { ...template.document, base: { ...template.document.base, nodes: template.document.base.nodes.map((node) => (node.id === 'clips' ? { ...node, config: { name: 'Clips', clips: [{ clip: 'broken', key: 'broken.mp4', atMs: 400 }] } } : node)) } };
    const simulation = simulate(one, { handle: () => [{ cpuMs: 10 }, { fail: ['Error', 'ffmpeg exited with 1'] }] });
    run(simulation, 120_000);
    expect(simulation.world.trace.events.filter((event) => event.kind === 'lambda.InvocationFailed').map((event) => event.data['attempt'])).toEqual([1, 2, 3]);
    expect(kinds(simulation, 'sqs.DeadLetterArrived')).toBe(1);
  });

  it('runs with its own handler code: renditions of a clip, and a clip that is none in the dead letters', async () => {
    const blobs = createBlobStore();
    const runtime = await loadSandbox({ models, blobs });
    const simulation = new Simulation({ models, manifests, runtime, blobs }, template.document);
    run(simulation, 100_000);
    const objects = simulation.world.trace.events.filter((event) => event.kind === 's3.ObjectCreated' && event.resource.endsWith('renditions')).map((event) => String(event.data['key']));
    expect(objects.slice(0, 3)).toEqual(['dog-1080p.mp4', 'dog-720p.mp4', 'dog-480p.mp4']);
    expect(objects).toHaveLength(30);
    expect(simulation.world.trace.events.filter((event) => event.kind === 'lambda.InvocationFailed').map((event) => [event.data['attempt'], event.data['message']])).toEqual([1, 2, 3].map((attempt) => [attempt, 'ffmpeg exited with 1']));
    expect(kinds(simulation, 'sqs.DeadLetterArrived')).toBe(1);
    const lines = simulation.world.trace.events.filter((event) => event.kind === 'logs.Line').map((event) => String(event.data['message']));
    expect(lines.some((line) => /\tINFO\tdog-480p\.mp4 is ready\n$/.test(line))).toBe(true);
    expect(lines.filter((line) => line.includes('\tERROR\tInvoke Error \t'))).toHaveLength(3);
  });

  it('has every event caused by an earlier one, but for the roots', () => {
    const simulation = simulate(template.document, transcode);
    run(simulation, 3_000);
    const roots = new Set([...simulation.world.models.values()].flatMap((model) => Object.entries(model.traceKinds).flatMap(([kind, entry]) => (entry.root ? [kind] : []))));
    const orphans = simulation.world.trace.events.filter((event) => event.cause.length === 0 && !roots.has(event.kind) && event.kind.startsWith('lambda.'));
    expect(orphans.map((event) => event.kind)).toEqual([]);
    expect(simulation.world.trace.events.filter((event) => event.cause.some((cause) => cause >= event.seq)).map((event) => event.kind)).toEqual([]);
    const known = simulation.world.models.get('lambda')!.traceKinds;
    expect([...new Set(simulation.world.trace.events.map((event) => event.kind))].filter((kind) => kind.startsWith('lambda.') && known[kind] === undefined)).toEqual([]);
  });
});
