/**
 * One run of a scenario: a world, deployed before t = 0, to which recorded inputs are applied at their moments.
 * Synchronous; waits for nobody. Headless runs, the worker's run and its replays are all made of it.
 *
 * Rule of order: an input at t takes effect when everything due up to and including t has been taken, and whatever it makes due at t is
 * taken before the next input. So a replay does the same as the run, wherever the run was paused or sliced.
 */
import { metricsReader } from '../sim/manifest.ts';
import type { ServiceManifest } from '../sim/manifest.ts';
import type { AwsErrorData } from '../sim/errors.ts';
import { NotModelled, errorToData } from '../sim/errors.ts';
import { WorkTable } from '../sim/external-work.ts';
import type { Outcome } from '../sim/ports/ports.ts';
import type { BlobStore, Runtime } from '../sim/ports/runtime.ts';
import type { AnyServiceModel } from '../sim/service.ts';
import { Trace } from '../sim/trace.ts';
import { simTime } from '../sim/units.ts';
import type { SimTime } from '../sim/units.ts';
import { isoEpochMs } from '../sim/values.ts';
import { World } from '../sim/world.ts';
import type { Bounds, RunStatus, WorldSnapshot } from '../sim/world.ts';
import { deploySteps, editSteps, fillIn } from '../scenario/deploy.ts';
import type { Captures, DeployStep } from '../scenario/deploy.ts';
import { arnsOf, completeNode, DEFAULT_PLACE, manifestsById } from '../scenario/environment.ts';
import type { Design, Manifests, Place } from '../scenario/environment.ts';
import type { RunInput, ScenarioDocument } from '../scenario/schema.ts';
import { faultsOf } from './faults.ts';
import { stimuliModel } from './stimuli.ts';

/** A world begins this long before t = 0: time for functions to become Active and mappings Enabled. */
export const DEPLOY_LEAD_US = 120_000_000;

export interface SimulationHost {
  readonly models: readonly AnyServiceModel[];
  readonly manifests: readonly ServiceManifest[];
  readonly runtime: Runtime;
  readonly blobs: BlobStore;
  readonly bounds?: Bounds;
}

/** A part of a deployment that AWS refused. The rest stands. */
export interface DeployProblem {
  readonly nodeId?: string;
  readonly edgeId?: string;
  readonly operation: string;
  readonly error: AwsErrorData;
}

/** Everything that decides the future of a simulation. */
export interface SimulationSnapshot {
  readonly world: WorldSnapshot;
  readonly captures: Captures;
  readonly design: Design;
  readonly problems: readonly DeployProblem[];
  readonly nextInput: number;
  readonly nextCall: number;
}

export interface SimulationOptions {
  readonly seed?: number;
  readonly place?: Place;
  readonly tuning?: 'aws' | 'ideal' | Readonly<Record<string, object>>;
  readonly iam?: 'on' | 'off';
  /** Shares the results of external work with other runs. */
  readonly sharing?: Simulation;
  /** False for a second world that only shows the past: its trace is counted, not kept. */
  readonly keepTrace?: boolean;
}

export class Simulation {
  readonly world: World;
  readonly manifests: Manifests;
  readonly place: Place;
  /** The design as it is now in the run. */
  design: Design = { nodes: [], edges: [] };
  problems: readonly DeployProblem[] = [];
  #arns: Readonly<Record<string, string>> = {};
  #arnsFor: Design | null = null;
  inputs: readonly RunInput[];
  #captures: Captures = {};
  readonly #faults: ReturnType<typeof faultsOf>;
  #nextInput = 0;
  #nextCall = 1;
  readonly #replies = new Map<number, (outcome: Outcome) => void>();

  /** Makes the world. With `snapshot`, nothing is deployed: it goes on from there. */
  constructor(host: SimulationHost, document: ScenarioDocument, o: SimulationOptions = {}, snapshot?: SimulationSnapshot) {
    this.manifests = manifestsById(host.manifests);
    this.place = o.place ?? DEFAULT_PLACE;
    this.inputs = document.inputs;
    this.#faults = faultsOf(document.base, arnsOf(document.base, this.manifests, this.place), this.manifests);
    this.world = new World(
      {
        models: [...host.models, stimuliModel],
        seed: o.seed ?? document.base.seed,
        startAtEpochMs: isoEpochMs(document.base.startAt),
        accountId: this.place.account,
        region: this.place.region,
        iam: o.iam ?? 'on',
        tuning: o.tuning ?? 'aws',
        trace: o.keepTrace === false ? 'counts' : 'keep',
        runtime: host.runtime,
        blobs: host.blobs,
        metrics: metricsReader(host.manifests),
        beginAt: simTime(-DEPLOY_LEAD_US),
        ...(this.#faults.faults.length === 0 ? {} : { faults: this.#faults.faults }),
        ...(host.bounds === undefined ? {} : { bounds: host.bounds }),
      },
      new Trace(o.keepTrace === false ? 'counts' : 'keep'),
    );
    if (o.sharing) this.world.work = new WorkTable(undefined, o.sharing.world.work.results);
    if (snapshot) this.restore(snapshot);
    else this.#deploy(document);
  }

  /** Node id → ARN, of the design as it is now. */
  arns(): Readonly<Record<string, string>> {
    if (this.#arnsFor !== this.design) {
      this.#arnsFor = this.design;
      this.#arns = arnsOf(this.design, this.manifests, this.place);
    }
    return this.#arns;
  }

  /** Takes what is due up to and including `until`, inputs among it. */
  runTo(until: SimTime, o: { readonly maxEntries?: number; readonly foregroundOnly?: boolean } = {}): RunStatus {
    let left = o.maxEntries ?? Number.POSITIVE_INFINITY;
    for (;;) {
      const input = this.inputs[this.#nextInput];
      const due = input !== undefined && input.atUs <= until;
      const before = this.world.entriesTaken;
      const status = this.world.runTo(due ? simTime(input.atUs) : until, { ...(Number.isFinite(left) ? { maxEntries: left } : {}), ...(o.foregroundOnly && !due ? { foregroundOnly: true } : {}) });
      left -= this.world.entriesTaken - before;
      this.#settle();
      if (status.kind !== 'reached' || !due) return status;
      this.#nextInput++;
      this.#apply(input);
      left--;
    }
  }

  /** Takes one entry (or one input, when that comes first). */
  step(): RunStatus {
    const at = this.world.agenda.peekTime();
    const input = this.inputs[this.#nextInput];
    if (input !== undefined && (at === undefined || input.atUs < at)) return this.runTo(simTime(input.atUs));
    const status = this.world.step();
    this.#settle();
    return status;
  }

  /** True when everything due now has been taken, so that an input may be given. */
  get settled(): boolean {
    const at = this.world.agenda.peekTime();
    return at === undefined || at > this.world.now;
  }

  /** Records an input at this very moment and lets it take effect. Later recorded inputs must have been dropped. */
  act(input: RunInput, onReply?: (outcome: Outcome) => void): RunStatus {
    if (input.atUs !== this.world.now) throw new Error(`an input of ${input.atUs} µs can't be given at ${this.world.now} µs`);
    this.inputs = [...this.inputs.slice(0, this.#nextInput), input];
    this.#nextInput++;
    this.#apply(input, onReply);
    const status = this.world.runTo(this.world.now);
    this.#settle();
    return status;
  }

  /** A call that only looks: not recorded, answered at once or not at all. */
  read(service: string, operation: string, input: object): Outcome | null {
    let answer: Outcome | null = null;
    this.#call(service, operation, input, (outcome) => (answer = outcome));
    return answer;
  }

  /** Records that a piece of work is stopped. Unlike other inputs it may come while the world waits: nothing else depends on its place. */
  cancelWork(workId: string): void {
    this.inputs = [...this.inputs.slice(0, this.#nextInput), { kind: 'cancel-work', atUs: Math.max(0, this.world.now), workId }];
    this.#nextInput++;
    this.world.work.cancel(workId);
  }

  /** Time of the next recorded input, or undefined. */
  get nextInputUs(): number | undefined {
    return this.inputs[this.#nextInput]?.atUs;
  }

  snapshot(): SimulationSnapshot {
    this.#settle();
    return { world: this.world.snapshot(), captures: structuredClone(this.#captures), design: this.design, problems: this.problems, nextInput: this.#nextInput, nextCall: this.#nextCall };
  }

  restore(from: SimulationSnapshot): void {
    this.world.restore(from.world);
    this.#captures = structuredClone(from.captures);
    this.design = from.design;
    this.problems = from.problems;
    this.#nextInput = from.nextInput;
    this.#nextCall = from.nextCall;
    this.#replies.clear();
    for (const input of this.inputs.slice(this.#nextInput)) if (input.kind === 'cancel-work') this.world.work.cancelAhead(input.workId);
  }

  #deploy({ base, inputs }: ScenarioDocument): void {
    for (const input of inputs) if (input.kind === 'cancel-work') this.world.work.cancelAhead(input.workId);
    this.problems = this.#run(deploySteps(base, this.manifests, this.place));
    this.design = { nodes: base.nodes, edges: base.edges };
    this.problems = [...this.problems, ...this.#faults.refused];
    if (base.stimuli.length > 0) this.#call('stimuli', 'Set', { Stimuli: base.stimuli }, () => {});
    this.world.runTo(simTime(-1));
    this.#settle();
  }

  #run(steps: readonly DeployStep[]): readonly DeployProblem[] {
    const problems: DeployProblem[] = [];
    for (const { call, nodeId, edgeId } of steps) {
      this.#call(call.service, call.operation, fillIn(call.input, this.#captures) as object, (outcome) => {
        if (outcome.kind === 'error') problems.push({ ...(nodeId === undefined ? {} : { nodeId }), ...(edgeId === undefined ? {} : { edgeId }), operation: `${call.service}.${call.operation}`, error: outcome.error });
        else if (call.capture !== undefined) this.#captures[call.capture] = structuredClone(outcome.output);
      });
    }
    return problems;
  }

  #apply(input: RunInput, onReply: (outcome: Outcome) => void = () => {}): void {
    switch (input.kind) {
      case 'call':
        this.#call(input.service, input.operation, input.input, onReply);
        break;
      case 'upload':
        this.#upload(input, onReply);
        break;
      case 'edit': {
        const after: Design = { nodes: input.nodes, edges: input.edges };
        this.problems = this.#run(editSteps(this.design, after, this.manifests, this.place));
        this.design = after;
        break;
      }
      case 'cancel-work':
        this.world.work.cancel(input.workId);
        break;
    }
    this.world.runTo(simTime(input.atUs));
    this.#settle();
  }

  /** On a bucket the clip is put as an object; on a clip source it is uploaded to the bucket behind it. */
  #upload(input: Extract<RunInput, { kind: 'upload' }>, onReply: (outcome: Outcome) => void): void {
    const node = this.design.nodes.find((candidate) => candidate.id === input.node);
    const upload = node && this.manifests.get(node.service)?.upload;
    const call = node && upload?.(completeNode(node, this.manifests), { key: input.key, blob: { sha256: input.clip.sha256, size: input.clip.size } });
    if (call) this.#call(call.service, call.operation, call.input, onReply);
    else onReply({ kind: 'error', error: errorToData(new NotModelled(node?.service ?? 'runner', 'uploads')), cause: [] });
  }

  #call(service: string, operation: string, input: object, onReply: (outcome: Outcome) => void): void {
    const id = this.#nextCall++;
    this.#replies.set(id, onReply);
    this.world.hostRequest(id, service, operation, input);
    this.#settle();
  }

  #settle(): void {
    for (const { id, outcome } of this.world.hostReplies.splice(0)) {
      const onReply = this.#replies.get(id);
      this.#replies.delete(id);
      onReply?.(outcome);
    }
  }
}
