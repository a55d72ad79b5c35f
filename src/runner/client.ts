/** The page's side of the run: owns the worker, sends commands, hands out slices, and rebuilds a worker that hangs by replay. */
import { SAMPLE_CLIP } from '../scenario/sample-clip.ts';
import type { ClipRef, ScenarioDocument, ScenarioEdgeDocument, ScenarioNodeDocument } from '../scenario/schema.ts';
import type { AwsErrorData } from '../sim/errors.ts';
import type { Command, RunStatusView, Slice, Speed } from './protocol.ts';

/** What the page listens to. Every member may be left out. */
export interface RunListeners {
  readonly onSlice?: (slice: Extract<Slice, { kind: 'slice' }>) => void;
  /** The run's document has changed: its inputs, or (at t = 0) its design. */
  readonly onInputs?: (scenario: ScenarioDocument) => void;
  readonly onDeployProblems?: (problems: Extract<Slice, { kind: 'deploy-problems' }>['problems']) => void;
  readonly onMedia?: (sha256: string, facts: { readonly durationMs: number; readonly width: number; readonly height: number }) => void;
  readonly onProgress?: (progress: { readonly what: string; readonly loadedBytes: number; readonly totalBytes: number | null }) => void;
  readonly onHostProblem?: (what: string, message: string) => void;
  /** The worker has been silent for a while: handler code computes in one long burst; false when it is back. */
  readonly onComputing?: (computing: boolean) => void;
  /** The worker hung and was rebuilt; the run was replayed up to where it was. */
  readonly onRebuilt?: () => void;
}

/** A failed call, with AWS's name and message. */
export class CallError extends Error {
  readonly data: AwsErrorData;
  constructor(data: AwsErrorData) {
    super(data.message);
    this.name = data.name;
    this.data = data;
  }
}

/** Where a file is uploaded. */
export interface ClipUpload {
  readonly node: string;
  readonly key: string;
}

export interface RunClient {
  load(scenario: ScenarioDocument, o?: { readonly prefetchMs?: number; readonly showMs?: number }): void;
  play(speed: Speed): void;
  pause(): void;
  setSpeed(speed: Speed): void;
  step(resources?: readonly string[]): void;
  skipWait(): void;
  seek(atUs: number): void;
  continueFromHere(): void;
  edit(nodes: readonly ScenarioNodeDocument[], edges: readonly ScenarioEdgeDocument[]): void;
  /** An AWS call at the shown moment. Recorded when it writes. Rejects with CallError. */
  call(service: string, operation: string, input: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Gives the worker a file's bytes; they are uploaded where `uploadOf` says, which is told whether they are new to this page. Answers the file's reference. */
  giveClip(name: string, bytes: ArrayBuffer, uploadOf?: (clip: ClipRef, isNew: boolean) => ClipUpload | undefined): Promise<ClipRef>;
  cancelWork(workId: string): void;
  /** Ends a worker that computes and starts the run again, paused, from its recorded inputs. */
  stopComputing(): void;
  /** Bytes of a clip or rendition, or null when nobody holds them. */
  blob(sha256: string): Promise<ArrayBuffer | null>;
  hash(): Promise<string>;
  readonly status: RunStatusView | null;
  close(): void;
}

/** The part of a Worker that is used: a test gives its own. */
export interface WorkerLike {
  postMessage(message: Command, transfer: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: { readonly data: Slice }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

export interface ClientOptions {
  /** Absolute address of the page's folder, with a slash at its end. */
  readonly baseUrl: string;
  readonly makeWorker?: () => WorkerLike;
  /** Silence after which a worker counts as hung, ms. */
  readonly hangMs?: number;
  /** How the sample clip is fetched. */
  readonly fetchBytes?: (url: string) => Promise<ArrayBuffer>;
}

/** A burst is computed in one go, up to the cap of three vCPU-seconds: on a slow machine that is no hang yet. The visitor can stop it before. */
const HANG_MS = 60_000;
/** Silence after which the page says that handler code is computing: more than the worker's beat of 500 ms. */
const COMPUTING_MS = 1_100;

export function createRunClient(listeners: RunListeners, o: ClientOptions): RunClient {
  return new Client(listeners, o);
}

interface Pending<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

class Client implements RunClient {
  readonly #listeners: RunListeners;
  readonly #options: ClientOptions;
  #worker: WorkerLike;
  #nextId = 1;
  readonly #calls = new Map<number, Pending<unknown>>();
  readonly #blobs = new Map<number, Pending<ArrayBuffer | null>>();
  readonly #hashes = new Map<number, Pending<string>>();
  /** Clips given so far: a rebuilt worker gets them again. */
  readonly #clips = new Map<string, { readonly clip: ClipRef; readonly bytes: ArrayBuffer }>();
  #scenario: ScenarioDocument | null = null;
  #sampleAsked = false;
  #lastBeat = 0;
  #ready = false;
  #computing = false;
  #watch: ReturnType<typeof setInterval>;
  status: RunStatusView | null = null;

  constructor(listeners: RunListeners, o: ClientOptions) {
    this.#listeners = listeners;
    this.#options = o;
    this.#worker = this.#start();
    this.#watch = setInterval(() => this.#look(), 500);
  }

  load(scenario: ScenarioDocument, { prefetchMs = 0, showMs = 0 }: { readonly prefetchMs?: number; readonly showMs?: number } = {}): void {
    this.#scenario = scenario;
    this.status = null;
    this.#post({ kind: 'load', runId: this.#nextId++, scenario, prefetchUs: Math.round(prefetchMs * 1000), showUs: Math.round(showMs * 1000) });
  }
  play = (speed: Speed): void => this.#post({ kind: 'play', speed });
  pause = (): void => this.#post({ kind: 'pause' });
  setSpeed = (speed: Speed): void => this.#post({ kind: 'speed', speed });
  step = (resources?: readonly string[]): void => this.#post(resources === undefined ? { kind: 'step' } : { kind: 'step', resources });
  skipWait = (): void => this.#post({ kind: 'skip-wait' });
  seek = (atUs: number): void => this.#post({ kind: 'seek', atUs });
  continueFromHere = (): void => this.#post({ kind: 'continue-from-here' });
  edit = (nodes: readonly ScenarioNodeDocument[], edges: readonly ScenarioEdgeDocument[]): void => this.#post({ kind: 'edit', nodes, edges });
  cancelWork = (workId: string): void => this.#post({ kind: 'cancel-work', workId });

  call(service: string, operation: string, input: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.#ask(this.#calls, (callId) => ({ kind: 'call', callId, service, operation, input }));
  }

  async giveClip(name: string, bytes: ArrayBuffer, uploadOf?: (clip: ClipRef, isNew: boolean) => ClipUpload | undefined): Promise<ClipRef> {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const clip: ClipRef = { name, sha256, size: bytes.byteLength };
    const upload = uploadOf?.(clip, !this.#clips.has(sha256));
    this.#clips.set(sha256, { clip, bytes });
    this.#post({ kind: 'clip', clip, bytes, ...(upload === undefined ? {} : { upload }) });
    return clip;
  }

  async blob(sha256: string): Promise<ArrayBuffer | null> {
    const own = this.#clips.get(sha256);
    if (own) return own.bytes;
    const bytes = await this.#ask(this.#blobs, (requestId) => ({ kind: 'blob', requestId, sha256 }));
    if (bytes !== null || sha256 !== SAMPLE_CLIP.sha256) return bytes;
    await this.#giveSample();
    return this.#clips.get(sha256)?.bytes ?? null;
  }

  hash(): Promise<string> {
    return this.#ask(this.#hashes, (requestId) => ({ kind: 'hash', requestId }));
  }

  close(): void {
    clearInterval(this.#watch);
    this.#worker.terminate();
  }

  #start(): WorkerLike {
    const worker = this.#options.makeWorker?.() ?? (new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'run' }) as unknown as WorkerLike);
    worker.onmessage = ({ data }) => this.#take(data);
    worker.onerror = (event) => this.#listeners.onHostProblem?.('worker', event.message ?? 'The worker could not be started.');
    worker.postMessage({ kind: 'init', baseUrl: this.#options.baseUrl }, []);
    this.#ready = false;
    return worker;
  }

  #post(command: Command): void {
    this.#worker.postMessage(command, []);
  }

  #ask<T>(waiting: Map<number, Pending<T>>, make: (id: number) => Command): Promise<T> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      this.#post(make(id));
    });
  }

  #take(slice: Slice): void {
    this.#lastBeat = performance.now();
    this.#ready = true;
    this.#setComputing(false);
    switch (slice.kind) {
      case 'slice':
        this.status = slice.status;
        this.#listeners.onSlice?.(slice);
        if (slice.status.missingClips.some((clip) => clip.sha256 === SAMPLE_CLIP.sha256)) void this.#giveSample();
        return;
      case 'call-result': {
        const pending = take(this.#calls, slice.callId);
        return slice.ok ? pending?.resolve(slice.output) : pending?.reject(new CallError(slice.error));
      }
      case 'blob':
        return take(this.#blobs, slice.requestId)?.resolve(slice.bytes);
      case 'hash':
        return take(this.#hashes, slice.requestId)?.resolve(slice.hash);
      case 'inputs':
        this.#scenario = slice.scenario;
        return this.#listeners.onInputs?.(slice.scenario);
      case 'deploy-problems':
        return this.#listeners.onDeployProblems?.(slice.problems);
      case 'media':
        return this.#listeners.onMedia?.(slice.sha256, slice.facts);
      case 'progress':
        return this.#listeners.onProgress?.(slice);
      case 'host-problem':
        return this.#listeners.onHostProblem?.(slice.what, slice.message);
      case 'want-files':
        return void Promise.all(slice.files.map((file) => this.#giveFile(file)));
      case 'beat':
        return;
    }
  }

  /** The sample comes from beside the page, once, when something needs it. */
  async #giveSample(): Promise<void> {
    if (this.#sampleAsked) return;
    this.#sampleAsked = true;
    try {
      await this.giveClip(SAMPLE_CLIP.name, await this.#fetchBytes(SAMPLE_CLIP.path));
    } catch (error) {
      this.#sampleAsked = false;
      this.#listeners.onHostProblem?.('sample clip', error instanceof Error ? error.message : String(error));
    }
  }

  /** A file that only spares work: without it the work is done. */
  async #giveFile({ path, sha256 }: { readonly path: string; readonly sha256: string }): Promise<void> {
    try {
      await this.giveClip(path.slice(path.lastIndexOf('/') + 1), await this.#fetchBytes(path));
    } catch {
      this.#post({ kind: 'unreachable', sha256 });
    }
  }

  async #fetchBytes(path: string): Promise<ArrayBuffer> {
    const url = new URL(path, this.#options.baseUrl).href;
    if (this.#options.fetchBytes) return this.#options.fetchBytes(url);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response.arrayBuffer();
  }

  #setComputing(computing: boolean): void {
    if (this.#computing === computing) return;
    this.#computing = computing;
    this.#listeners.onComputing?.(computing);
  }

  /** A worker that has not beaten for too long is ended; a new one replays the run up to where it was. */
  #look(): void {
    if (!this.#ready) return;
    const silentMs = performance.now() - this.#lastBeat;
    if (silentMs >= (this.#options.hangMs ?? HANG_MS)) return this.#rebuild(this.status?.computedUs ?? 0, this.status?.shownUs ?? 0);
    if (silentMs >= COMPUTING_MS) this.#setComputing(true);
  }

  stopComputing(): void {
    // Computed up to just before the moment at which the long burst began: it does not begin by itself again.
    const untilUs = Math.max(0, this.status?.computedUs ?? 0);
    this.#rebuild(untilUs, untilUs);
  }

  #rebuild(prefetchUs: number, showUs: number): void {
    this.#setComputing(false);
    this.#worker.terminate();
    this.#worker = this.#start();
    for (const pending of [...this.#calls.values(), ...this.#blobs.values(), ...this.#hashes.values()]) pending.reject(new Error('The run was rebuilt.'));
    this.#calls.clear();
    this.#blobs.clear();
    this.#hashes.clear();
    for (const { clip, bytes } of this.#clips.values()) this.#post({ kind: 'clip', clip, bytes });
    if (this.#scenario) this.#post({ kind: 'load', runId: this.status?.runId ?? this.#nextId++, scenario: this.#scenario, prefetchUs, showUs });
    if (this.status) this.#post({ kind: 'speed', speed: this.status.speed });
    this.#listeners.onRebuilt?.();
  }
}

function take<T>(waiting: Map<number, Pending<T>>, id: number): Pending<T> | undefined {
  const pending = waiting.get(id);
  waiting.delete(id);
  return pending;
}
