/** The grading worker's entry: runs a learner's scenario over several seeds, or one call alone, beside the run on the page, with the same simulation, sandbox and ffmpeg. */
import { z } from 'zod';
import { grade } from '../lesson/grade.ts';
import type { RunForGrading } from '../lesson/grade.ts';
import type { ClipRef } from '../scenario/schema.ts';
import { manifests } from '../services/manifests.ts';
import { models } from '../services/models.ts';
import { createBlobStore } from './blobs.ts';
import { closeDoors } from './doors.ts';
import { createBrowserFfmpegPool } from './ffmpeg/browser.ts';
import type { GradeCommand, GradeSlice } from './grade-protocol.ts';
import { createGradeRun } from './grade-run.ts';
import type { GradeHost } from './grade-run.ts';
import { loadSandbox } from './sandbox.ts';
import { createTryRun } from './try-run.ts';
import type { RunForTrying } from './try-run.ts';
import { HostFailure } from './work-host.ts';

z.config({ jitless: true });

const scope = globalThis as unknown as { postMessage(slice: GradeSlice): void; onmessage: ((event: MessageEvent<GradeCommand>) => void) | null };
const post = (slice: GradeSlice): void => scope.postMessage(slice);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Asked {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const blobs = createBlobStore();
const asked = new Map<string, Asked>();

/** Asks the page for a clip, once. */
function bring(clip: ClipRef): Promise<void> {
  return new Promise((resolve, reject) => {
    asked.set(clip.sha256, { resolve, reject });
    post({ kind: 'want-clip', clip });
  });
}

function takeClip({ sha256, bytes }: Extract<GradeCommand, { kind: 'clip' }>): void {
  const waiting = asked.get(sha256);
  asked.delete(sha256);
  if (bytes === null) return waiting?.reject(new HostFailure('A clip of this scenario is not on this machine. Drop it in, then check again.'));
  blobs.put(new Uint8Array(bytes));
  waiting?.resolve();
}

interface Runs {
  readonly grade: RunForGrading;
  readonly try: RunForTrying;
}

async function start(baseUrl: string): Promise<Runs> {
  const runtime = await loadSandbox({ models, blobs });
  closeDoors();
  const ffmpeg = createBrowserFfmpegPool(baseUrl, blobs, () => {});
  const host: GradeHost = {
    models,
    manifests,
    runtime,
    blobs,
    performers: { ffmpeg: ffmpeg.perform },
    bring,
    useRecorded: true,
    onWork: (progress) => post({ kind: 'detail', text: progress === null ? '' : progress.state === 'loading' ? `ffmpeg, once: ${progress.detail}` : `ffmpeg is working${progress.progress === null ? '' : `, ${Math.round(progress.progress * 100)} %`}` }),
  };
  return { grade: createGradeRun(host), try: createTryRun(host) };
}

let ready: Promise<Runs> | null = null;
/** Jobs are done one after another. */
let last: Promise<void> = Promise.resolve();

async function doJob(job: Extract<GradeCommand, { kind: 'grade' | 'try' }>): Promise<void> {
  const { jobId } = job;
  try {
    const runs = await ready!;
    if (job.kind === 'try') post({ kind: 'tried', jobId, tried: await runs.try(job.scenario, job.options) });
    else post({ kind: 'done', jobId, grade: await grade(job.lesson, job.scenario, runs.grade, job.seeds, (row) => post({ kind: 'seed', jobId, row })) });
  } catch (error) {
    post({ kind: 'failed', jobId, message: messageOf(error) });
  }
}

scope.onmessage = ({ data }) => {
  if (data.kind === 'init') {
    ready = start(data.baseUrl);
    ready.catch((error: unknown) => post({ kind: 'failed', jobId: null, message: `The sandbox did not load: ${messageOf(error)}` }));
  } else if (data.kind === 'clip') takeClip(data);
  else last = last.then(() => doJob(data));
};
