/** One run of ffmpeg or ffprobe: what goes in, what comes out, and how its output is cleaned so that it is the same everywhere. */
import type { TraceData } from '../../sim/trace.ts';

/** What a model asks for, as kept in its work item. Plain data: its hash names the result. */
export interface FfmpegRequest {
  readonly program: 'ffmpeg' | 'ffprobe';
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
  /** Frames decoded for video outputs, and their pixels in all. */
  readonly framesIn: number;
  readonly pixelsIn: number;
  /** One row per encoded video stream; the codec is the encoder's name (`libx264`). */
  readonly videos: readonly { readonly codec: string; readonly preset: string; readonly frames: number; readonly pixels: number }[];
  /** Milliseconds of audio encoded, over all outputs. */
  readonly audioMs: number;
  /** Bytes written where a stream is copied and not encoded. */
  readonly bytesCopied: number;
  /** `-threads`; 0 = not given. */
  readonly threads: number;
  readonly inputs: readonly MediaFacts[];
  readonly outputs: readonly MediaFacts[];
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
const MAPPING = /^\s*Stream #\d+:\d+.* -> #(\d+):\d+ \((?:(copy)|\S+ \(.*\) -> (\S+) \((\S+)\))\)/;

interface Mapping {
  readonly output: number;
  /** Encoder, or `copy`. */
  readonly encoder: string;
}
interface LogReading {
  readonly inputs: MediaFacts[];
  readonly outputs: MediaFacts[];
  readonly mappings: Mapping[];
  /** Last `frame=`, last `time=` in ms, and the kilobytes of the closing line. */
  readonly frames: number;
  readonly writtenMs: number;
  readonly kilobytes: number;
}

/** Reads the facts out of ffmpeg's log, as it was before cleaning. */
export function factsOf(lines: readonly string[], args: readonly string[]): FfmpegFacts {
  const log = readLog(lines);
  const valueOf = (option: string): string | undefined => (args.includes(option) ? args[args.indexOf(option) + 1] : undefined);
  const preset = valueOf('-preset') ?? 'medium';
  const encoded = log.mappings.filter(({ encoder }) => encoder !== 'copy');
  const videos = encoded.filter(({ encoder }) => !isAudio(encoder)).map(({ encoder, output }) => {
    const { width = 0, height = 0 } = log.outputs[output] ?? {};
    return { codec: encoder, preset, frames: log.frames, pixels: log.frames * width * height };
  });
  const source = log.inputs.find((input) => input.width > 0);
  const framesIn = videos.length > 0 ? log.frames : 0;
  return {
    framesIn,
    pixelsIn: framesIn * (source?.width ?? 0) * (source?.height ?? 0),
    videos,
    audioMs: encoded.filter(({ encoder }) => isAudio(encoder)).length * log.writtenMs,
    bytesCopied: log.mappings.length > encoded.length ? log.kilobytes * 1024 : 0,
    threads: Math.max(0, Math.floor(Number(valueOf('-threads') ?? 0)) || 0),
    inputs: log.inputs,
    outputs: log.outputs.map((output) => ({ ...output, durationMs: output.durationMs || log.writtenMs })),
  };
}

function isAudio(encoder: string): boolean {
  return /^(aac|libmp3lame|libopus|libvorbis|flac|alac|ac3|mp2|opus|vorbis|pcm_\w+)$/.test(encoder);
}

function readLog(lines: readonly string[]): LogReading {
  const inputs: MediaFacts[] = [];
  const outputs: MediaFacts[] = [];
  const mappings: Mapping[] = [];
  let current: { readonly list: MediaFacts[]; readonly index: number } | null = null;
  let frames = 0;
  let writtenMs = 0;
  let kilobytes = 0;
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
    const mapping = MAPPING.exec(line);
    if (mapping) mappings.push({ output: Number(mapping[1]), encoder: mapping[2] ?? (mapping[4] === 'native' ? mapping[3]! : mapping[4]!) });
    frames = Number(/frame=\s*(\d+)/.exec(line)?.[1] ?? frames);
    const time = /time=(\d+):(\d\d):(\d\d)\.(\d\d)/.exec(line);
    if (time) writtenMs = clockMs(time);
    const closing = /^video:(\d+)kB audio:(\d+)kB/.exec(line);
    if (closing) kilobytes = Number(closing[1]) + Number(closing[2]);
  }
  return { inputs, outputs, mappings, frames, writtenMs, kilobytes };
}

function clockMs(parts: RegExpExecArray): number {
  return ((Number(parts[1]) * 60 + Number(parts[2])) * 60 + Number(parts[3])) * 1000 + Number(parts[4]) * 10;
}
