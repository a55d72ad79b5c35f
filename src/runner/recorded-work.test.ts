/** Computes anew what was recorded. To record after a change of templates or of ffmpeg: COLDSTART_RECORD=1 npx vitest run src/runner/recorded-work.test.ts */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../base/canonical-json.ts';
import { sha256Hex } from '../base/hash.ts';
import { SAMPLE_CLIP } from '../scenario/sample-clip.ts';
import { templates } from '../scenario/templates/templates.ts';
import { manifests } from '../services/manifests.ts';
import type { WorkItem } from '../sim/external-work.ts';
import { simTime } from '../sim/units.ts';
import type { FfmpegResult } from './ffmpeg/job.ts';
import { createNodeHost } from './headless/host.ts';
import { recordedPath, recordedResults, RecordedWork } from './recorded-work.ts';
import type { RecordedFile } from './recorded-work.ts';
import { Simulation } from './simulation.ts';
import { WorkHost } from './work-host.ts';

const publicFolder = join(import.meta.dirname, '../../public');
const fileOf = (sha256: string): Uint8Array => new Uint8Array(readFileSync(join(publicFolder, recordedPath(sha256))));
const filesOf = (results: Readonly<Record<string, FfmpegResult>>): string[] => [...new Set(Object.values(results).flatMap((result) => result.outputs.map(({ sha256 }) => sha256)))].sort();
/** By then every template has had a clip, and a broken one, once. */
const UNTIL_US = 12_000_000;

/** All results that the templates ask for, done by the real ffmpeg. */
async function computed(): Promise<{ results: Record<string, FfmpegResult>; bytes: (sha256: string) => Uint8Array | undefined }> {
  const host = createNodeHost();
  host.blobs.put(new Uint8Array(readFileSync(join(publicFolder, SAMPLE_CLIP.path))));
  let last: Simulation | null = null;
  for (const { document } of templates) {
    const simulation: Simulation = new Simulation({ ...host, manifests }, document, last === null ? {} : { sharing: last });
    last = simulation;
    const work = new WorkHost(host.performers);
    while (simulation.runTo(simTime(UNTIL_US)).kind === 'waiting') {
      work.attend(simulation.world);
      await work.next();
    }
  }
  const results = Object.fromEntries([...(last?.world.work.results ?? [])].map(([key, value]) => [key, value as unknown as FfmpegResult]));
  return { results, bytes: (sha256) => host.blobs.get(sha256) };
}

function record(results: Readonly<Record<string, FfmpegResult>>, bytes: (sha256: string) => Uint8Array | undefined): void {
  const sorted = Object.fromEntries(Object.entries(results).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(join(import.meta.dirname, 'recorded-work.json'), `${JSON.stringify(sorted, null, 1)}\n`);
  const folder = join(publicFolder, 'recorded');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const sha256 of filesOf(results)) writeFileSync(join(publicFolder, recordedPath(sha256)), bytes(sha256)!);
}

describe('Recorded work', () => {
  it('is what ffmpeg makes of the same bytes with the same arguments, for every template', async () => {
    const { results, bytes } = await computed();
    if (process.env['COLDSTART_RECORD'] === '1') record(results, bytes);
    const recorded = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded-work.json'), 'utf8')) as Record<string, FfmpegResult>;
    expect(Object.keys(results).length).toBeGreaterThan(3);
    expect(canonicalJson(results)).toBe(canonicalJson(recorded));
  }, 240_000);

  it('comes with its files, no more and no less, under their own content', () => {
    const files = filesOf(recordedResults);
    expect(readdirSync(join(publicFolder, 'recorded')).sort()).toEqual(files.map((sha256) => recordedPath(sha256).slice('recorded/'.length)).sort());
    for (const sha256 of files) expect(sha256Hex(fileOf(sha256))).toBe(sha256);
  });

  it('is used when its files are held, waits for them once they are asked for, and is nothing when they cannot be had', () => {
    const [key, result] = Object.entries(recordedResults).find(([, { outputs }]) => outputs.length > 0)!;
    const held = new Set<string>();
    const asked: RecordedFile[] = [];
    const recorded = new RecordedWork({ put: () => ({ sha256: '', size: 0 }), get: () => undefined, has: (sha256) => held.has(sha256) }, (files) => asked.push(...files));
    const item = { key } as WorkItem;
    expect(recorded.of(item)).toEqual({ kind: 'coming' });
    expect(recorded.of(item)).toEqual({ kind: 'coming' });
    expect(asked.map(({ sha256 }) => sha256)).toEqual(result.outputs.map(({ sha256 }) => sha256));
    recorded.unreachable(asked[0]!.sha256);
    expect(recorded.of(item)).toEqual({ kind: 'unknown' });
    for (const { sha256 } of result.outputs) held.add(sha256);
    expect(recorded.of(item)).toEqual({ kind: 'known', value: result });
    expect(recorded.of({ key: 'another' } as WorkItem)).toEqual({ kind: 'unknown' });
  });
});
