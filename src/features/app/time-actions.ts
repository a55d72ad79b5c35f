/** The ways to move time, from the run client: what deck, timeline, keys and lessons call. */
import type { TimeActions } from '../timeline/timeline-context.tsx';
import type { AppServices } from './services.ts';

export function timeActions({ client, run, view, scenario }: Pick<AppServices, 'client' | 'run' | 'view' | 'scenario'>): TimeActions {
  const status = () => run.getState().status;
  const selectedArns = (): readonly string[] => {
    const { arns } = run.getState();
    const known = new Set(scenario.getState().design.nodes.map((node) => node.id));
    return view.getState().selectedNodes.flatMap((id) => (known.has(id) && arns[id] !== undefined ? [arns[id]] : []));
  };
  const touches = (arns: readonly string[], resource: string): boolean =>
    arns.length === 0 || arns.some((arn) => resource === arn || resource.startsWith(`${arn}:`) || resource.startsWith(`${arn}/`));
  const back = (arns: readonly string[]): void => {
    const { index } = run.getState();
    const { shownUs } = status();
    for (let i = index.countUntil(shownUs) - 1; i >= 0; i--) {
      const event = index.events[i]!;
      if (event.at < shownUs && touches(arns, event.resource)) return client.seek(event.at);
    }
    client.seek(0);
  };
  return {
    play: () => client.play(status().speed),
    pause: client.pause,
    setSpeed: (speed) => {
      // Shown and used at once: the worker may still be busy opening the scenario.
      run.setState((state) => ({ status: { ...state.status, speed } }));
      client.setSpeed(speed);
    },
    step: () => client.step(),
    stepBack: () => back([]),
    stepSelected: () => client.step(selectedArns()),
    stepBackSelected: () => back(selectedArns()),
    skipWait: client.skipWait,
    seek: client.seek,
    toStart: () => client.seek(0),
  };
}
