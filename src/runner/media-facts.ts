/** Tells what is known of clips and renditions (size, duration) as soon as ffmpeg has read or written them. */
import type { FfmpegRequest, FfmpegResult, MediaFacts } from './ffmpeg/job.ts';
import type { WorkItem } from '../sim/external-work.ts';
import type { TraceData } from '../sim/trace.ts';
import type { Recorded, RecordedWork } from './recorded-work.ts';
import type { Performer } from './work-host.ts';

export interface BlobFacts {
  readonly sha256: string;
  readonly facts: { readonly durationMs: number; readonly width: number; readonly height: number };
}

export function withMediaFacts(perform: Performer, tell: (facts: BlobFacts) => void): Performer {
  return async (item, o) => {
    const value = await perform(item, o);
    tellFactsOf(item, value, tell);
    return value;
  };
}

/** The same for results that were recorded. */
export function recordedWithMediaFacts(recorded: RecordedWork, tell: (facts: BlobFacts) => void): (item: WorkItem) => Recorded {
  return (item) => {
    const answer = recorded.of(item);
    if (answer.kind === 'known') tellFactsOf(item, answer.value, tell);
    return answer;
  };
}

function tellFactsOf(item: WorkItem, value: TraceData, tell: (facts: BlobFacts) => void): void {
  const request = item.request as unknown as FfmpegRequest;
  const result = value as unknown as FfmpegResult;
  const files = [...request.inputs, ...result.outputs];
  for (const media of [...result.facts.inputs, ...result.facts.outputs]) {
    const file = media.width > 0 ? files.find(({ path }) => names(media, path, request.cwd)) : undefined;
    if (file) tell({ sha256: file.sha256, facts: { durationMs: media.durationMs, width: media.width, height: media.height } });
  }
}

function names(media: MediaFacts, path: string, cwd: string): boolean {
  return media.path === path || `${cwd}/${media.path}` === path;
}
