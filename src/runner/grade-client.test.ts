import { describe, expect, it } from 'vitest';
import type { Grade } from '../lesson/grade.ts';
import type { Lesson } from '../lesson/schema.ts';
import type { ScenarioDocument } from '../scenario/schema.ts';
import { createGradeClient, GradeCancelled } from './grade-client.ts';
import type { GradeWorkerLike } from './grade-client.ts';
import type { GradeCommand, GradeSlice } from './grade-protocol.ts';

class FakeWorker implements GradeWorkerLike {
  readonly got: GradeCommand[] = [];
  ended = false;
  onmessage: GradeWorkerLike['onmessage'] = null;
  onerror: GradeWorkerLike['onerror'] = null;
  postMessage(message: GradeCommand): void {
    this.got.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  say(data: GradeSlice): void {
    this.onmessage?.({ data });
  }
}
const setUp = (blob: (sha256: string) => Promise<ArrayBuffer | null> = async () => null) => {
  const workers: FakeWorker[] = [];
  const client = createGradeClient({ baseUrl: 'http://x/', blob, makeWorker: () => workers[workers.push(new FakeWorker()) - 1]! });
  const seeds: number[] = [];
  const begin = (): Promise<Grade> => client.grade({} as Lesson, {} as ScenarioDocument, { seeds: [1, 2], onSeed: (row) => seeds.push(row.seed), onDetail: () => {} });
  return { workers, client, begin, seeds };
};
const grade: Grade = { passed: true, stars: 2, seeds: [] };

describe('Grade client', () => {
  it('starts no worker before it is needed, and only one', async () => {
    const { workers, begin, seeds } = setUp();
    expect(workers).toHaveLength(0);
    const first = begin();
    const second = begin();
    expect(workers).toHaveLength(1);
    expect(workers[0]!.got.map((command) => command.kind)).toEqual(['init', 'grade', 'grade']);
    workers[0]!.say({ kind: 'seed', jobId: 1, row: { seed: 1, results: [] } });
    workers[0]!.say({ kind: 'done', jobId: 2, grade: { ...grade, stars: 0 } });
    workers[0]!.say({ kind: 'done', jobId: 1, grade });
    expect([(await first).stars, (await second).stars, seeds]).toEqual([2, 0, [1]]);
  });

  it('hands over the clip that the worker asks for, or says that nobody has it', async () => {
    const bytes = new ArrayBuffer(3);
    const { workers, begin } = setUp(async (sha256) => (sha256 === 'a' ? bytes : Promise.reject(new Error('gone'))));
    void begin();
    workers[0]!.say({ kind: 'want-clip', clip: { name: 'a', sha256: 'a', size: 3 } });
    workers[0]!.say({ kind: 'want-clip', clip: { name: 'b', sha256: 'b', size: 3 } });
    await expect.poll(() => workers[0]!.got.slice(2)).toEqual([{ kind: 'clip', sha256: 'a', bytes }, { kind: 'clip', sha256: 'b', bytes: null }]);
  });

  it('ends the worker when it is cancelled, hears nothing of it any more, and starts another the next time', async () => {
    const { workers, client, begin, seeds } = setUp();
    const running = begin();
    client.cancel();
    await expect(running).rejects.toBeInstanceOf(GradeCancelled);
    expect(workers[0]!.ended).toBe(true);
    workers[0]!.say({ kind: 'seed', jobId: 1, row: { seed: 1, results: [] } });
    expect(seeds).toEqual([]);
    void begin();
    expect(workers).toHaveLength(2);
  });

  it('tells why when the worker fails', async () => {
    const { workers, begin } = setUp();
    const running = begin();
    workers[0]!.say({ kind: 'failed', jobId: null, message: 'The sandbox did not load.' });
    await expect(running).rejects.toThrow('The sandbox did not load.');
  });
});
