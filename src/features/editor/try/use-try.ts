/** Tries a function alone, in a worker of its own, with the event on its bench: progress, cancel, result. */
import { useStore } from 'zustand';
import { createGradeClient, GradeCancelled } from '../../../runner/grade-client.ts';
import type { GradeClient } from '../../../runner/grade-client.ts';
import type { RunClient } from '../../../runner/client.ts';
import { DEFAULT_PLACE } from '../../../scenario/environment.ts';
import { isolated } from '../../../scenario/isolate.ts';
import type { ScenarioStore } from '../../../scenario/scenario.store.ts';
import type { ScenarioNodeDocument } from '../../../scenario/schema.ts';
import { manifestById } from '../../../services/manifests.ts';
import type { RunStore } from '../../../state/run.store.ts';
import { groupOf } from '../use-function-run.ts';
import { setTrial } from './bench.ts';
import type { Bench, Trial } from './bench.ts';
import { tryResult } from './try-result.ts';

export interface TryServices {
  readonly scenario: ScenarioStore;
  readonly run: RunStore;
  readonly client: RunClient;
}

/** Virtual time that a call may take besides the function's own timeout, s: the start of an environment and the way there and back. */
const WAY_SEC = 120;

const workers = new WeakMap<object, GradeClient>();

/** One worker for the page, started when something is first tried. */
function workerOf(client: RunClient): GradeClient {
  let worker = workers.get(client);
  if (worker === undefined) workers.set(client, (worker = createGradeClient({ baseUrl: new URL('.', document.baseURI).href, blob: (sha256) => client.blob(sha256) })));
  return worker;
}

export interface Trying {
  readonly trial: Trial | undefined;
  start(event: { readonly label: string; readonly text: string }): void;
  stop(): void;
}

export function useTry(services: TryServices, bench: Bench, node: ScenarioNodeDocument): Trying {
  const trial = useStore(bench, (state) => state.trials[node.id]);
  const worker = workerOf(services.client);
  const start: Trying['start'] = ({ label, text }) => {
    const { design, recorded } = services.scenario.getState();
    const atUs = services.run.getState().status.shownUs;
    const arn = manifestById.get(node.service)!.arn(node.config, DEFAULT_PLACE);
    const forUs = (Number(node.config['Timeout'] ?? 3) + WAY_SEC) * 1_000_000;
    setTrial(bench, node.id, { state: 'running', detail: '' });
    const change = (next: Trial): void => {
      if (bench.getState().trials[node.id]?.state === 'running') setTrial(bench, node.id, next);
    };
    const call = { service: node.service, operation: 'Invoke', input: { FunctionName: String(node.config['name'] ?? node.id), Payload: text } };
    worker.tryCall(isolated(design, recorded, manifestById, { nodeId: node.id, untilUs: atUs }), { call, atUs, forUs }, (detail) => change({ state: 'running', detail })).then(
      (tried) => change({ state: 'done', result: tryResult(tried, { arn, group: groupOf(node) }), label }),
      (error: unknown) => change(error instanceof GradeCancelled ? { state: 'stopped' } : { state: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
  };
  return { trial, start, stop: () => worker.cancel() };
}
