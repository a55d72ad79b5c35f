/** One run of ffmpeg or ffprobe: what goes in, what comes out, and how its output is cleaned so that it is the same everywhere. */
import type { TraceData } from '../../sim/trace.ts';

/** What a model asks for, as kept in its work item. Plain data: its hash names the result. */
export interface FfmpegRequest {
  /** `/opt/bin/ffmpeg` unless told. */
  readonly file?: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Absolute paths under /tmp. */
  readonly inputs: readonly { readonly path: string; readonly sha256: string; readonly size: number }[];
}

export interface MediaFacts {
  readonly path: string;
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
}

/** Facts from ffmpeg's own output, integers and strings: what virtual time and pictures are reckoned from. */
export interface FfmpegFacts {
  /** Frames encoded, all outputs together as ffmpeg counts them (its last `frame=`). */
  readonly frames: number;
  readonly inputs: readonly MediaFacts[];
  readonly outputs: readonly MediaFacts[];
  /** x264 preset of the arguments; `medium` when none is given. */
  readonly preset: string;
  /** Media time that was written, ms (the last `time=`). */
  readonly writtenMs: number;
}

/** What the model gets back. */
export interface FfmpegResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Files that are new or have changed. */
  readonly outputs: readonly { readonly path: string; readonly sha256: string; readonly size: number }[];
  readonly facts: FfmpegFacts;
}

export function asTraceData(result: FfmpegResult): TraceData {
  return result as unknown as TraceData;
}

const CHANGING = /\b(fps|speed|bench|elapsed)\s*=|^\s*bench:/;

/**
 * Lines without those that differ from run to run (fps=, speed=, bench, elapsed), and without the core's own 'Aborted()', which is its way to
 * exit. Memory addresses (`[libx264 @ 0xeba700]`) depend on what an instance did before: they are numbered. A carriage return ends a line too.
 */
export function cleanOutput(lines: readonly string[]): string {
  const addresses = new Map<string, string>();
  const numbered = (address: string): string => {
    const known = addresses.get(address) ?? `0x${(addresses.size + 1).toString(16)}`;
    addresses.set(address, known);
    return known;
  };
  const kept = lines
    .flatMap((line) => line.split('\r'))
    .filter((line) => !CHANGING.test(line) && line !== 'Aborted()')
    .map((line) => line.replace(/(?<= @ )0x[0-9a-f]+(?=\])/g, numbered));
  return kept.length === 0 ? '' : `${kept.join('\n')}\n`;
}

const DURATION = /Duration: (\d+):(\d\d):(\d\d)\.(\d\d)/;
const VIDEO = /Stream #\d+:\d+.*?: Video: ([a-z0-9_]+).*?, (\d{2,5})x(\d{2,5})/;

/** Reads the facts out of ffmpeg's log, as it was before cleaning. */
export function factsOf(lines: readonly string[], args: readonly string[]): FfmpegFacts {
  const inputs: MediaFacts[] = [];
  const outputs: MediaFacts[] = [];
  let current: { list: MediaFacts[]; index: number } | null = null;
  let frames = 0;
  let writtenMs = 0;
  const change = (patch: Partial<MediaFacts>): void => {
    if (current) current.list[current.index] = { ...current.list[current.index]!, ...patch };
  };
  for (const line of lines.flatMap((text) => text.split('\r'))) {
    const head = /^(Input|Output) #\d+, .*?(?:from|to) '(.*)':/.exec(line);
    if (head) {
      const list = head[1] === 'Input' ? inputs : outputs;
      list.push({ path: head[2]!, codec: '', width: 0, height: 0, durationMs: 0 });
      current = { list, index: list.length - 1 };
    }
    const duration = DURATION.exec(line);
    if (duration) change({ durationMs: clockMs(duration) });
    const video = VIDEO.exec(line);
    if (video && current && current.list[current.index]!.codec === '') change({ codec: video[1]!, width: Number(video[2]), height: Number(video[3]) });
    const frame = /frame=\s*(\d+)/.exec(line);
    if (frame) frames = Number(frame[1]);
    const time = /time=(\d+):(\d\d):(\d\d)\.(\d\d)/.exec(line);
    if (time) writtenMs = clockMs(time);
  }
  const preset = args.indexOf('-preset');
  return { frames, inputs, outputs: outputs.map((output) => ({ ...output, durationMs: output.durationMs || writtenMs })), preset: preset >= 0 ? (args[preset + 1] ?? 'medium') : 'medium', writtenMs };
}

function clockMs(parts: RegExpExecArray): number {
  return ((Number(parts[1]) * 60 + Number(parts[2])) * 60 + Number(parts[3])) * 1000 + Number(parts[4]) * 10;
}
