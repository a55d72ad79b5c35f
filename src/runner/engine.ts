/**
 * The run controller: takes the page's commands, paces a simulation against the wall clock, shows the past from snapshots, and posts
 * slices. It knows no worker and no timers of its own: the host gives clock, timer and mailbox, so that it is tested in Node.
 *
 * Two moments matter: `computed`, how far the run has been computed, and `shown`, what the page looks at. Shown < computed is the past:
 * it is shown by a second world. Any act in the past first gives up what lies after it.
 */
import type { WorkItem } from '../sim/external-work.ts';
import type { Outcome } from '../sim/ports/ports.ts';
import { traceHash } from '../sim/trace-hash.ts';
import { simTime } from '../sim/units.ts';
import type { RunStatus } from '../sim/world.ts';
import type { RunInput, ScenarioDocument } from '../scenario/schema.ts';
import type { ControllerHost } from './controller-host.ts';
import { History } from './history.ts';
import { KeptImages } from './kept-images.ts';
import { missingClips } from './missing-clips.ts';
import { belongs, nextForeground, nextMoment } from './next-moment.ts';
import { notMade, OpenCalls } from './open-calls.ts';
import type { Command, Speed } from './protocol.ts';
import { ShownWorld, summariesOf } from './shown-world.ts';
import { Simulation } from './simulation.ts';
import { statusView } from './status-view.ts';
import { SummaryNews } from './summary-news.ts';
import { WorkHost } from './work-host.ts';

/** Between two slices at least, ms: 60 a second. */
const SLICE_MS = 1000 / 60;
/** Computing at a stretch, ms of wall time. */
const COMPUTE_MS = 12;
const CHUNK_ENTRIES = 250;
/** Virtual time per wall time when 'max' has only housekeeping left. */
const IDLE_SPEED = 1_000;

type PendingAct = { readonly input: RunInput; readonly onReply?: (outcome: Outcome) => void };

export class RunController {
  readonly #host: ControllerHost;
  readonly #images: KeptImages;
  readonly #history: History;
  readonly #work: WorkHost;
  #main: Simulation | null = null;
  readonly #shown: ShownWorld;
  #document: ScenarioDocument | null = null;
  #runId = 0;
  #playing = false;
  #speed: Speed = 1;
  #shownUs = 0;
  /** The run is computed at least up to here. */
  #goalUs = 0;
  /** Shown jumps to the goal when it is reached. */
  #jumping = false;
  /** Only housekeeping was left when play was pressed: then it is wanted. */
  #idles = false;
  #stepping: { readonly resources: ReadonlySet<string> | null; from: number } | null = null;
  #acts: PendingAct[] = [];
  readonly #calls: OpenCalls;
  #status: RunStatus = { kind: 'reached' };
  /** Entries taken between two looks at the clock. */
  #chunk = 1;
  #halted = false;
  #lastWall = 0;
  #posted = 0;
  #truncateTo: number | null = null;
  #lastProblems: unknown = null;
  readonly #news = new SummaryNews();
  #scheduled = false;
  /** After a load: the moment to show once it is computed. */
  #showAfterLoad: number | null = null;

  constructor(host: ControllerHost) {
    this.#host = host;
    this.#images = new KeptImages(host.runtime);
    this.#calls = new OpenCalls(host.post);
    this.#history = new History(this.#images);
    this.#shown = new ShownWorld({ ...host, runtime: this.#images }, this.#history);
    this.#work = new WorkHost(host.performers, host.recorded);
    this.#work.onChange = () => this.#soon(0);
  }

  handle(command: Command): void {
    switch (command.kind) {
      case 'load':
        return this.#load(command.runId, command.scenario, command.prefetchUs, command.showUs);
      case 'play':
        this.#idles = this.#main !== null && nextForeground(this.#main) === undefined;
        this.#halted = false;
        this.#playing = true;
        this.#speed = command.speed;
        this.#lastWall = this.#host.wallMs();
        return this.#soon(0);
      case 'pause':
        this.#pause();
        return this.#soon(0);
      case 'speed':
        this.#speed = command.speed;
        return this.#soon(0);
      case 'step':
        return this.#step(command.resources);
      case 'skip-wait':
        return this.#skipWait();
      case 'seek':
        this.#pause();
        return this.#seek(command.atUs);
      case 'continue-from-here':
        this.#continueFromHere();
        return this.#soon(0);
      case 'edit':
        return this.#edit(command);
      case 'call':
        return this.#call(command);
      case 'clip':
        return this.#clip(command);
      case 'cancel-work':
        return this.#cancelWork(command.workId);
      case 'unreachable':
        this.#host.unreachable?.(command.sha256);
        return this.#soon(0);
      case 'blob':
        return this.#blob(command.requestId, command.sha256);
      case 'hash':
        return this.#host.post({ kind: 'hash', requestId: command.requestId, hash: traceHash(this.#main?.world.trace ?? []) });
    }
  }

  #load(runId: number, scenario: ScenarioDocument, prefetchUs: number, showUs: number): void {
    this.#work.abortAll();
    this.#calls.fail();
    this.#history.clear();
    this.#shown.forget();
    this.#document = scenario;
    this.#runId = runId;
    this.#playing = false;
    this.#halted = false;
    this.#stepping = null;
    this.#acts = [];
    this.#posted = 0;
    this.#truncateTo = 0;
    this.#lastProblems = null;
    this.#news.forget();
    this.#main = new Simulation({ ...this.#host, runtime: this.#images }, scenario);
    this.#history.visit(this.#main);
    this.#status = this.#main.runTo(simTime(0));
    this.#shownUs = 0;
    this.#goalUs = Math.max(0, prefetchUs, showUs);
    this.#jumping = false;
    this.#showAfterLoad = showUs;
    this.#soon(0);
  }

  get #computedUs(): number {
    return Math.max(0, this.#main?.world.now ?? 0);
  }
  get #inPast(): boolean {
    return this.#shownUs < this.#computedUs;
  }

  #pause(): void {
    this.#playing = false;
    this.#stepping = null;
    this.#jumping = false;
    this.#goalUs = Math.min(this.#goalUs, this.#computedUs);
  }

  #soon(ms: number): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#host.later(() => {
      this.#scheduled = false;
      this.#turn();
    }, ms);
  }

  /** One turn: move on as far as asked and affordable, attend to outside work, post a slice. */
  #turn(): void {
    const main = this.#main;
    if (!main) return;
    const wall = this.#host.wallMs();
    const elapsedMs = this.#playing ? Math.min(250, Math.max(0, wall - this.#lastWall)) : 0;
    this.#lastWall = wall;
    if (this.#playing) this.#play(main, elapsedMs);
    this.#compute(main, wall + COMPUTE_MS);
    this.#giveActs(main);
    const failure = this.#work.takeFailure();
    if (failure) {
      this.#pause();
      this.#halted = true;
      this.#host.post({ kind: 'host-problem', what: 'external work', message: failure.message });
    }
    // Opening a scenario loads no ffmpeg: work begins with playing, or where a step or an act of the visitor cannot go on without it.
    const begins = this.#playing || (this.#status.kind === 'waiting' && this.#showAfterLoad === null);
    if (!this.#halted) this.#work.attend(main.world, (item) => begins && this.#missing([item]).length === 0);
    if (this.#status.kind === 'ended' && !this.#inPast) this.#pause(); // The past of an ended run can be played again.
    this.#post(main);
    const busy = this.#playing || this.#stepping !== null || (this.#goalUs > this.#computedUs && this.#status.kind === 'sliced') || (this.#acts.length > 0 && this.#status.kind !== 'waiting' && this.#status.kind !== 'ended');
    if (busy && !this.#halted) this.#soon(this.#status.kind === 'sliced' || this.#stepping ? 0 : SLICE_MS);
  }

  /** Moves the shown moment through the known past, and sets the goal beyond it. */
  #play(main: Simulation, elapsedMs: number): void {
    if (this.#speed === 'max') {
      this.#shownUs = this.#computedUs;
      this.#jumping = true;
      const next = nextForeground(main);
      if (next === undefined && !this.#idles && this.#acts.length === 0 && !main.world.work.anyOutstanding()) return this.#pause();
      this.#goalUs = next === undefined ? this.#computedUs + Math.round(elapsedMs * IDLE_SPEED * 1000) : Number.MAX_SAFE_INTEGER - 1;
      return;
    }
    const target = this.#shownUs + Math.round(elapsedMs * 1000 * this.#speed);
    this.#shownUs = Math.min(target, Math.max(this.#computedUs, this.#shownUs));
    if (target > this.#computedUs) {
      this.#goalUs = Math.max(this.#goalUs, target);
      this.#jumping = true;
    }
  }

  /** Computes towards the goal until it is reached, stands still, or time is up. */
  #compute(main: Simulation, deadlineWall: number): void {
    if (this.#halted) return;
    if (this.#stepping) this.#computeStep(main, deadlineWall);
    const max = this.#playing && this.#speed === 'max';
    while (this.#computedUs < this.#goalUs && this.#status.kind !== 'ended') {
      const before = this.#host.wallMs();
      this.#status = main.runTo(simTime(this.#goalUs), { maxEntries: this.#chunk, ...(max && nextForeground(main) !== undefined ? { foregroundOnly: true } : {}) });
      // Handler code may compute for seconds in one entry: then entries are taken one by one, so that the page hears of each.
      this.#chunk = this.#host.wallMs() - before > COMPUTE_MS ? 1 : Math.min(CHUNK_ENTRIES, this.#chunk * 2);
      this.#history.visit(main);
      if (this.#status.kind !== 'sliced') break;
      if (this.#host.wallMs() >= deadlineWall) break;
    }
    if (this.#jumping) this.#shownUs = this.#computedUs;
    if (this.#showAfterLoad !== null && (this.#computedUs >= this.#showAfterLoad || this.#status.kind === 'waiting')) {
      this.#shownUs = Math.min(this.#showAfterLoad, this.#computedUs);
      if (this.#computedUs >= this.#showAfterLoad) this.#showAfterLoad = null;
    }
    if (!this.#playing && this.#jumping && this.#computedUs >= this.#goalUs) this.#jumping = false;
    if (max && this.#status.kind === 'reached') this.#goalUs = this.#computedUs;
  }

  #computeStep(main: Simulation, deadlineWall: number): void {
    const step = this.#stepping!;
    while (this.#host.wallMs() < deadlineWall) {
      this.#status = main.step();
      this.#history.visit(main);
      const { trace } = main.world;
      const hit = step.resources === null ? trace.length > step.from : trace.slice(step.from).some((event) => belongs(event, step.resources!));
      const nothingLeft = this.#status.kind === 'reached' && main.world.agenda.size === 0;
      if (hit || nothingLeft || this.#status.kind === 'ended') this.#stepping = null;
      this.#shownUs = this.#computedUs;
      this.#goalUs = this.#computedUs;
      if (this.#stepping === null || this.#status.kind === 'waiting') return;
    }
  }

  #step(resources: readonly string[] | undefined): void {
    const main = this.#main;
    if (!main) return;
    this.#pause();
    this.#halted = false;
    this.#showAfterLoad = null;
    const wanted = resources && resources.length > 0 ? new Set(resources) : null;
    if (this.#inPast) {
      const next = main.world.trace.find((event) => event.at > this.#shownUs && (wanted === null || belongs(event, wanted)));
      return this.#seek(next?.at ?? this.#computedUs);
    }
    this.#stepping = { resources: wanted, from: main.world.trace.length };
    this.#soon(0);
  }

  #skipWait(): void {
    const next = this.#main ? nextMoment(this.#main, this.#shownUs) : null;
    if (next !== null) this.#seek(next);
  }

  #seek(atUs: number): void {
    this.#halted = false;
    this.#showAfterLoad = null;
    const at = Math.max(0, Math.round(atUs));
    if (at <= this.#computedUs) {
      this.#shownUs = at;
      this.#goalUs = Math.min(this.#goalUs, this.#computedUs);
      this.#jumping = false;
    } else {
      this.#goalUs = at;
      this.#jumping = true;
    }
    this.#soon(0);
  }

  /** The run goes back to the shown moment, and what came after is gone. */
  #continueFromHere(): void {
    const main = this.#main;
    if (!main || !this.#inPast || !this.#document) return;
    const at = this.#shownUs;
    this.#calls.fail();
    main.inputs = main.inputs.filter((input) => input.atUs <= at);
    main.restore(this.#history.before(at));
    this.#history.truncate(at);
    while (main.runTo(simTime(at), { maxEntries: CHUNK_ENTRIES }).kind === 'sliced');
    this.#status = { kind: 'reached' };
    this.#shown.forget();
    this.#goalUs = at;
    this.#truncateTo = Math.min(this.#truncateTo ?? main.world.trace.length, main.world.trace.length);
    this.#posted = Math.min(this.#posted, main.world.trace.length);
    this.#acts = [];
    this.#recorded(main);
  }

  #edit(command: Extract<Command, { kind: 'edit' }>): void {
    if (!this.#document) return;
    const nodes = [...command.nodes];
    const edges = [...command.edges];
    if (this.#shownUs === 0) {
      const scenario: ScenarioDocument = { base: { ...this.#document.base, nodes, edges }, inputs: [] };
      const playing = this.#playing;
      // Still on its way to the moment to show: it goes there with the new design.
      this.#load(this.#runId, scenario, this.#showAfterLoad === null ? 0 : this.#goalUs, this.#showAfterLoad ?? 0);
      this.#playing = playing;
      return this.#host.post({ kind: 'inputs', scenario });
    }
    this.#act((atUs) => ({ kind: 'edit', atUs, nodes, edges }));
  }

  #call(command: Extract<Command, { kind: 'call' }>): void {
    const { service, operation, input } = command;
    const answer = this.#calls.begin(command.callId);
    const looking = this.#main?.world.models.get(service)?.operations[operation]?.writes === false;
    const shown = this.#shownSimulation();
    if (!shown) return answer({ kind: 'error', error: notMade('There is no run yet.'), cause: [] });
    if (looking) return answer(shown.read(service, operation, input) ?? { kind: 'error', error: notMade('This read does not answer at once.'), cause: [] });
    this.#act((atUs) => ({ kind: 'call', atUs, service, operation, input: input as Record<string, never> }), answer);
  }

  #clip(command: Extract<Command, { kind: 'clip' }>): void {
    const blob = this.#host.blobs.put(new Uint8Array(command.bytes));
    const { upload } = command;
    if (upload) this.#act((atUs) => ({ kind: 'upload', atUs, node: upload.node, key: upload.key, clip: { name: command.clip.name, sha256: blob.sha256, size: blob.size } }));
    else this.#soon(0);
  }

  /** Queues an input for the shown moment, given as soon as that is settled. */
  #act(make: (atUs: number) => RunInput, onReply?: (outcome: Outcome) => void): void {
    if (!this.#main) return;
    this.#showAfterLoad = null;
    if (this.#inPast) this.#continueFromHere();
    this.#acts.push({ input: make(0), ...(onReply === undefined ? {} : { onReply }) });
    this.#giveActs(this.#main);
    this.#soon(0);
  }

  #giveActs(main: Simulation): void {
    while (this.#acts.length > 0) {
      if (!main.settled) this.#status = main.runTo(main.world.now);
      if (!main.settled) return;
      const { input, onReply } = this.#acts.shift()!;
      this.#status = main.act({ ...input, atUs: main.world.now }, onReply);
      this.#shownUs = this.#computedUs;
      this.#recorded(main);
    }
  }

  #cancelWork(workId: string): void {
    const main = this.#main;
    if (!main?.world.work.item(workId)) return;
    main.cancelWork(workId);
    this.#recorded(main);
    this.#status = { kind: 'sliced' };
    this.#soon(0);
  }

  #recorded(main: Simulation): void {
    this.#document = { base: this.#document!.base, inputs: [...main.inputs] };
    this.#host.post({ kind: 'inputs', scenario: this.#document });
  }

  #blob(requestId: number, sha256: string): void {
    const copy = this.#host.blobs.get(sha256)?.slice().buffer ?? null;
    this.#host.post({ kind: 'blob', requestId, sha256, bytes: copy }, copy ? [copy] : []);
  }

  #shownSimulation(): Simulation | null {
    return this.#main && this.#document ? this.#shown.at(this.#shownUs, this.#main, this.#document) : this.#main;
  }

  readonly #missing = (items: readonly WorkItem[]): ReturnType<typeof missingClips> => missingClips(items, this.#host.blobs, { inputs: this.#main?.inputs ?? [], events: this.#main?.world.trace ?? [] });

  #post(main: Simulation): void {
    const shown = this.#shownSimulation() ?? main;
    const news = this.#news.take(() => summariesOf(shown), this.#playing ? this.#host.wallMs : null);
    const { trace } = main.world;
    const status = statusView(main, { runId: this.#runId, arriving: this.#showAfterLoad !== null, playing: this.#playing, speed: this.#speed, shownUs: this.#shownUs, computedUs: this.#computedUs, status: this.#status, work: this.#work, missing: this.#missing });
    this.#host.post({ kind: 'slice', status, truncateTo: this.#truncateTo, events: trace.slice(this.#posted), ...news, arns: shown.arns() });
    this.#posted = trace.length;
    this.#truncateTo = null;
    if (shown.problems === this.#lastProblems) return;
    this.#lastProblems = shown.problems;
    this.#host.post({ kind: 'deploy-problems', problems: shown.problems });
  }
}
