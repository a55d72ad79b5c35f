/** Child processes of handlers: ffmpeg and ffprobe of the layer, done by the host outside of the simulation. */
import type { WorkResult } from '../../../../sim/external-work.ts';
import type { BlobRef, ChildCommand, ChildResult } from '../../../../sim/ports/runtime.ts';
import { msToUs } from '../../../../sim/units.ts';
import { ffmpegCpuUs, ffmpegLeastUs, ffmpegWallUs, readFacts } from './ffmpeg-cost.ts';
import { FFMPEG_PROGRAMS } from '../limits.ts';
import { run, versionOfEnvironment, wake } from './process.ts';
import { arnOfEnvironment } from '../state.ts';
import type { Environment, LambdaContext, Process, RunningChild } from '../state.ts';

/** Id of a sync child: the process itself waits for it. */
const SYNC = -1;

/** What the host answers for ffmpeg. */
interface FfmpegValue {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: readonly { readonly path: string; readonly sha256: string; readonly size: number }[];
  readonly facts: unknown;
}

/** Files that a command with `-y` writes over: what was in them decides nothing, so the same work keeps its name. */
function outputsOf(args: readonly string[]): ReadonlySet<string> {
  if (!args.includes('-y')) return new Set();
  return new Set(args.filter((arg, i) => arg.startsWith('/') && (i === args.length - 1 || (i > 0 && !args[i - 1]!.startsWith('-')))));
}

/** The /tmp files that a command can read: those it names, or all when it reads a list or a pattern. */
function inputsOf(command: ChildCommand): { path: string; sha256: string; size: number }[] {
  const all = Object.entries(command.tmp).flatMap(([path, entry]) => (entry.kind === 'file' ? [{ path, sha256: entry.blob.sha256, size: entry.blob.size }] : []));
  const indirect = command.args.some((arg) => arg === 'concat' || arg.includes('%') || arg.includes('*') || arg.endsWith('.txt') || arg.endsWith('.m3u8'));
  const outputs = outputsOf(command.args);
  const kept = indirect ? all : all.filter(({ path }) => command.args.some((arg) => arg.includes(path) || (command.cwd === '/tmp' && arg.includes(path.slice('/tmp/'.length)))));
  return kept.filter(({ path }) => !outputs.has(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function begin(context: LambdaContext, environment: Environment, process: Process, id: number, command: ChildCommand): void {
  const { settings } = versionOfEnvironment(context, environment)!;
  const arn = arnOfEnvironment(context, environment);
  const program = command.file.endsWith('ffprobe') ? 'ffprobe' : 'ffmpeg';
  const { invocation } = environment;
  const inputs = inputsOf(command);
  const subjects = invocation === null ? [] : [invocation.requestId, ...invocation.subjects];
  const seq = context.emit('lambda.ChildStarted', arn, { environment: environment.id, program, args: command.args.join(' '), requestId: invocation?.requestId ?? '' }, { cause: [environment.lastSeq], subjects });
  const payload = { key: environment.key, token: environment.token, id };
  if (!FFMPEG_PROGRAMS.includes(command.file)) {
    process.children.push({ id, startedUs: context.now, command, workId: '', seq, entry: context.schedule(0, 'child-missing', payload, { cancellable: true, cause: [seq] }) });
    return;
  }
  const workId = context.requestWork({
    kind: 'ffmpeg',
    request: { program, args: [...command.args], inputs, cwd: command.cwd },
    leastUs: ffmpegLeastUs(program, settings.memoryMb) + msToUs(context.tuning.childMs),
    entry: 'child-worked',
    payload,
    resource: arn,
  });
  process.children.push({ id, startedUs: context.now, command, workId, seq, entry: null });
}

export function startChild(context: LambdaContext, environment: Environment, process: Process, id: number, command: ChildCommand): void {
  begin(context, environment, process, id, command);
}

/** A sync child: the process stands still until it has ended, then its burst is repeated with the result. */
export function startSyncChild(context: LambdaContext, environment: Environment, process: Process, command: ChildCommand): void {
  begin(context, environment, process, SYNC, command);
}

interface ChildPayload {
  readonly key: number;
  readonly token: number;
  readonly id: number;
}
function childOf(context: LambdaContext, payload: ChildPayload): { environment: Environment; process: Process; child: RunningChild } | undefined {
  const environment = context.state.environments.get(payload.key);
  if (environment?.token !== payload.token || environment.process === null) return undefined;
  const child = environment.process.children.find((candidate) => candidate.id === payload.id);
  return child && { environment, process: environment.process, child };
}

/** Agenda: the host has done the work (or it was cancelled). The child ends when its virtual time is over. */
export function onChildWorked(context: LambdaContext, payload: ChildPayload & { readonly result: WorkResult }): void {
  const found = childOf(context, payload);
  if (!found) return;
  const { environment, child } = found;
  if (payload.result.cancelled) return endChild(context, payload, { exitCode: null, signal: 'SIGKILL', stdout: '', stderr: '', tmp: {} });
  const value = payload.result.value as unknown as FfmpegValue;
  const { settings } = versionOfEnvironment(context, environment)!;
  const facts = readFacts(value.facts, child.command.args);
  const wallUs = ffmpegWallUs(facts, settings.memoryMb) + msToUs(context.tuning.childMs);
  const waitUs = Math.max(0, child.startedUs + wallUs - context.now);
  context.emit('lambda.ChildMeasured', arnOfEnvironment(context, environment), { environment: environment.id, cpuMs: Math.ceil(ffmpegCpuUs(facts) / 1000), untilUs: context.now + waitUs, frames: facts.framesIn }, { cause: [child.seq] });
  const result = withinTmp(settings.tmpMb, child.command, value);
  child.entry = context.schedule(waitUs, 'child-ended', { key: payload.key, token: payload.token, id: payload.id, result }, { cancellable: true, cause: [child.seq] });
}

/** Files that do not fit into /tmp are not written, and ffmpeg fails as it does on a full disk. */
function withinTmp(tmpMb: number, command: ChildCommand, value: FfmpegValue): ChildResult {
  const sizes = new Map(Object.entries(command.tmp).map(([path, entry]) => [path, entry.kind === 'file' ? entry.blob.size : 0]));
  const tmp: Record<string, BlobRef> = {};
  for (const output of value.outputs) {
    sizes.set(output.path, output.size);
    tmp[output.path] = { sha256: output.sha256, size: output.size };
  }
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (bytes > tmpMb * 1_048_576) {
    const path = value.outputs[value.outputs.length - 1]?.path ?? '';
    return { exitCode: 228, signal: null, stdout: value.stdout, stderr: `${value.stderr}av_interleaved_write_frame(): No space left on device\nError writing trailer of ${path}: No space left on device\n`, tmp: {} };
  }
  return { exitCode: value.exitCode, signal: null, stdout: value.stdout, stderr: value.stderr, tmp };
}

/** Agenda: a program that is not there. */
export function onChildMissing(context: LambdaContext, payload: ChildPayload): void {
  endChild(context, payload, { exitCode: 127, signal: null, stdout: '', stderr: `${childOf(context, payload)?.child.command.file ?? ''}: No such file or directory\n`, tmp: {} });
}

export function onChildEnded(context: LambdaContext, payload: ChildPayload & { readonly result: ChildResult }): void {
  endChild(context, payload, payload.result);
}

function endChild(context: LambdaContext, payload: ChildPayload, result: ChildResult): void {
  const found = childOf(context, payload);
  if (!found) return;
  const { environment, process, child } = found;
  process.children.splice(process.children.indexOf(child), 1);
  const { invocation } = environment;
  const durationUs = context.now - child.startedUs;
  environment.lastSeq = context.emit(
    'lambda.ChildEnded',
    arnOfEnvironment(context, environment),
    { environment: environment.id, exitCode: result.exitCode ?? -1, signal: result.signal ?? '', durationUs, files: Object.keys(result.tmp).join(' ') },
    { cause: [child.seq], subjects: invocation === null ? [] : [invocation.requestId, ...invocation.subjects] },
  );
  if (child.id !== SYNC) {
    for (const [path, blob] of Object.entries(result.tmp)) environment.tmp = withFile(environment.tmp, path, blob, context.epochMs);
    return wake(context, environment, { kind: 'child', id: child.id, result });
  }
  const { burst } = process;
  if (burst?.end.kind !== 'sync-child') return;
  burst.syncChildren.push({ ...result, durationUs });
  burst.pauses.push({ fuel: burst.end.atFuel, us: durationUs });
  run(context, environment, versionOfEnvironment(context, environment)!, process, burst.stimulus, burst.syncChildren, burst);
}

function withFile(tmp: Environment['tmp'], path: string, blob: BlobRef | null, epochMs: number): Environment['tmp'] {
  const { [path]: _, ...rest } = tmp;
  return blob === null ? rest : { ...rest, [path]: { kind: 'file', blob, mtimeMs: epochMs } };
}

/** `child.kill()`: the child ends at once, by that signal. */
export function killChild(context: LambdaContext, environment: Environment, process: Process, id: number, signal: string): void {
  const child = process.children.find((candidate) => candidate.id === id);
  if (!child) return;
  release(context, child);
  const entry = context.schedule(0, 'child-ended', { key: environment.key, token: environment.token, id, result: { exitCode: null, signal, stdout: '', stderr: '', tmp: {} } }, { cancellable: true, cause: [child.seq] });
  process.children[process.children.indexOf(child)] = { ...child, entry };
}

/** The process is gone: so are its children. */
export function cancelChildren(context: LambdaContext, environment: Environment, process: Process): void {
  for (const child of process.children) {
    release(context, child);
    context.emit('lambda.ChildEnded', arnOfEnvironment(context, environment), { environment: environment.id, exitCode: -1, signal: 'SIGKILL', durationUs: context.now - child.startedUs, files: '' }, { cause: [child.seq] });
  }
  process.children.splice(0);
}

function release(context: LambdaContext, child: RunningChild): void {
  if (child.entry !== null) context.cancel(child.entry);
  if (child.workId !== '') context.cancelWork(child.workId);
}
