/** Runs jobs on one loaded @ffmpeg/core (the single-thread one): files in, arguments, files out. The same in Chromium and in Node. */

/** The part of the emscripten module that is used. */
export interface FfmpegCore {
  readonly FS: {
    mkdirTree(path: string): void;
    writeFile(path: string, bytes: Uint8Array): void;
    readFile(path: string): Uint8Array;
    unlink(path: string): void;
    rmdir(path: string): void;
    readdir(path: string): string[];
    chdir(path: string): void;
    stat(path: string): { readonly mode: number };
    isDir(mode: number): boolean;
  };
  readonly ret: number;
  setLogger(logger: (line: { readonly type: string; readonly message: string }) => void): void;
  setProgress(listener: (progress: { readonly progress: number; readonly time: number }) => void): void;
  setTimeout(ms: number): void;
  exec(...args: string[]): number;
  ffprobe(...args: string[]): number;
  reset(): void;
}
export type CreateCore = (o: { readonly wasmBinary: Uint8Array | ArrayBuffer; readonly mainScriptUrlOrBlob?: string }) => Promise<FfmpegCore>;

export interface CoreJob {
  readonly program: 'ffmpeg' | 'ffprobe';
  readonly args: readonly string[];
  readonly cwd: string;
  readonly inputs: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}
export interface CoreResult {
  readonly exitCode: number;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  /** Every file under /tmp afterwards. */
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

/** Runs one job to its end, blocking. Throws when the core broke: it must not be used again then. */
export function runOnCore(core: FfmpegCore, job: CoreJob, onProgress: (ratio: number) => void): CoreResult {
  const stdout: string[] = [];
  const stderr: string[] = [];
  core.setLogger(({ type, message }) => void (type === 'stdout' ? stdout : stderr).push(message));
  core.setProgress(({ progress }) => onProgress(Math.max(0, Math.min(1, progress))));
  core.setTimeout(-1);
  for (const { path, bytes } of job.inputs) {
    core.FS.mkdirTree(path.slice(0, path.lastIndexOf('/')) || '/');
    core.FS.writeFile(path, bytes);
  }
  core.FS.mkdirTree(job.cwd);
  core.FS.chdir(job.cwd);
  if (job.program === 'ffprobe') core.ffprobe(...job.args);
  else core.exec(...job.args);
  const { ret } = core;
  core.reset();
  core.FS.chdir('/');
  const files = filesUnder(core, '/tmp').map((path) => ({ path, bytes: core.FS.readFile(path) }));
  clear(core, '/tmp');
  return { exitCode: job.program === 'ffprobe' && ret === -1 ? probeExitCode(stderr) : ret, stdout, stderr, files };
}

/** The core gives -1 for ffprobe whether it succeeded or not; a failed probe ends with the file's name and a reason. */
function probeExitCode(stderr: readonly string[]): number {
  return stderr.some((line) => /: (Invalid data found when processing input|No such file or directory|Is a directory|Permission denied)|^(Failed to|Unrecognized|Error|Argument)/.test(line)) ? 1 : 0;
}

function filesUnder(core: FfmpegCore, folder: string): string[] {
  return core.FS.readdir(folder)
    .filter((name) => name !== '.' && name !== '..')
    .sort()
    .flatMap((name) => (core.FS.isDir(core.FS.stat(`${folder}/${name}`).mode) ? filesUnder(core, `${folder}/${name}`) : [`${folder}/${name}`]));
}

function clear(core: FfmpegCore, folder: string): void {
  for (const name of core.FS.readdir(folder)) {
    if (name === '.' || name === '..') continue;
    const path = `${folder}/${name}`;
    if (core.FS.isDir(core.FS.stat(path).mode)) {
      clear(core, path);
      core.FS.rmdir(path);
    } else core.FS.unlink(path);
  }
}
