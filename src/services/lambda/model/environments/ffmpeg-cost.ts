/**
 * What a run of ffmpeg costs in virtual time: a law over facts that are the same on every machine (frames, pixels, codec, preset).
 * The wall clock of the host never enters.
 *
 * @simplified Fitted to native FFmpeg 5.1.4, one thread: 5 s of 1280×720 at 30 frames/s to 480p with AAC took 0.80 s with libx264
 * ultrafast and 1.96 s with medium, 2 s of 320×180 took 0.24 s. Other presets follow x264's usual ratios; content is not looked at.
 */

export interface FfmpegFacts {
  /** Video frames decoded, and their pixels in all. */
  readonly framesIn: number;
  readonly pixelsIn: number;
  /** One row per encoded video stream. */
  readonly videos: readonly { readonly codec: string; readonly preset: string; readonly frames: number; readonly pixels: number }[];
  /** Milliseconds of audio encoded, over all outputs. */
  readonly audioMs: number;
  /** Bytes copied without coding. */
  readonly bytesCopied: number;
  /** `-threads`; 0 = as many as there are. */
  readonly threads: number;
}

/** Nanoseconds of one vCPU per pixel. */
const DECODE_NS = 2.6;
const SCALE_NS = 0.6;
/** Starting ffmpeg, opening files, probing: µs of one vCPU. */
const START_US = 90_000;
const AUDIO_US_PER_MS = 12;
const COPY_BYTES_PER_US = 400;

const X264_NS: Readonly<Record<string, number>> = { ultrafast: 4.4, superfast: 7, veryfast: 10, faster: 15, fast: 19, medium: 23.4, slow: 38, slower: 75, veryslow: 130, placebo: 300 };
/** Against x264 at the same preset. */
const CODEC_FACTOR: Readonly<Record<string, number>> = { libx264: 1, libx265: 3.5, libvpx: 2.5, 'libvpx-vp9': 5, mpeg4: 0.3, mjpeg: 0.2, png: 0.6, gif: 0.4, libwebp: 1, prores: 0.5, copy: 0 };

/** CPU time at one vCPU, µs. */
export function ffmpegCpuUs(facts: FfmpegFacts): number {
  let ns = facts.pixelsIn * DECODE_NS;
  for (const video of facts.videos) {
    const preset = X264_NS[video.preset] ?? X264_NS['medium']!;
    ns += video.pixels * (SCALE_NS + preset * (CODEC_FACTOR[video.codec] ?? 1));
  }
  return START_US + Math.ceil(ns / 1000) + facts.audioMs * AUDIO_US_PER_MS + Math.ceil(facts.bytesCopied / COPY_BYTES_PER_US);
}

/** vCPUs that Lambda shows. @source aws/lambda.md §6 (lambda-cpuinfo) */
export function visibleCores(memoryMb: number): number {
  return memoryMb <= 3_008 ? 2 : memoryMb <= 5_307 ? 3 : memoryMb <= 7_076 ? 4 : memoryMb <= 8_845 ? 5 : 6;
}

/** Share of vCPUs of multi-threaded work: no more than there are threads, no more than the memory pays for. @source aws/lambda.md §6 */
export function multiThreadShare(memoryMb: number, threads: number): number {
  const cores = visibleCores(memoryMb);
  const limit = threads > 0 ? Math.min(threads, cores) : cores;
  return Math.min(limit, memoryMb / 1769);
}

/** Wall time of the run in a function of that memory, µs. @simplified Threads scale without loss. */
export function ffmpegWallUs(facts: FfmpegFacts, memoryMb: number): number {
  return Math.ceil(ffmpegCpuUs(facts) / multiThreadShare(memoryMb, facts.threads));
}

/** No run of ffmpeg or ffprobe is shorter than this, whatever it does, µs: the world may run on for so long before it must know more. */
export function ffmpegLeastUs(program: 'ffmpeg' | 'ffprobe', memoryMb: number): number {
  const cpuUs = program === 'ffprobe' ? START_US / 3 : START_US;
  return Math.ceil(cpuUs / multiThreadShare(memoryMb, 0));
}

const whole = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.floor(value) : 0);
type Row = Readonly<Record<string, unknown>>;
const rows = (value: unknown): readonly Row[] => (Array.isArray(value) ? (value as Row[]) : []);

/** Value of the last option of that name. */
function option(args: readonly string[], ...names: readonly string[]): string | undefined {
  for (let i = args.length - 2; i >= 0; i--) if (names.includes(args[i]!)) return args[i + 1];
  return undefined;
}

/** Codecs as streams are named → encoders. */
const ENCODERS: Readonly<Record<string, string>> = { h264: 'libx264', hevc: 'libx265', vp8: 'libvpx', vp9: 'libvpx-vp9' };

/** What a recorded result says: facts as they are meant here, or (`frames`, `inputs`, `outputs` with codec, width, height, durationMs, `preset`) with the arguments. Missing facts count as none. */
export function readFacts(value: unknown, args: readonly string[]): FfmpegFacts {
  const record = (typeof value === 'object' && value !== null ? value : {}) as Row;
  if (Array.isArray(record['videos'])) {
    return {
      framesIn: whole(record['framesIn']),
      pixelsIn: whole(record['pixelsIn']),
      videos: rows(record['videos']).map((row) => ({ codec: String(row['codec']), preset: String(row['preset']), frames: whole(row['frames']), pixels: whole(row['pixels']) })),
      audioMs: whole(record['audioMs']),
      bytesCopied: whole(record['bytesCopied']),
      threads: whole(record['threads']),
    };
  }
  const frames = whole(record['frames']);
  const copied = option(args, '-c', '-codec') === 'copy' || option(args, '-c:v', '-vcodec', '-codec:v') === 'copy';
  const pixels = (row: Row): number => whole(row['width']) * whole(row['height']) * frames;
  const outputs = rows(record['outputs']);
  const audio = args.includes('-an') || option(args, '-c:a', '-acodec', '-codec:a') === 'copy' || copied ? 0 : outputs.reduce((sum, row) => sum + whole(row['durationMs']), 0);
  return {
    framesIn: frames,
    pixelsIn: copied ? 0 : rows(record['inputs']).reduce((sum, row) => sum + pixels(row), 0),
    videos: copied ? [] : outputs.filter((row) => whole(row['width']) > 0).map((row) => ({ codec: ENCODERS[String(row['codec'])] ?? String(row['codec']), preset: String(record['preset'] ?? 'medium'), frames, pixels: pixels(row) })),
    audioMs: audio,
    bytesCopied: 0,
    threads: whole(Number(option(args, '-threads'))),
  };
}
