/** The status line of a run for the page: clock, what it waits for, what works, which clips are missing. */
import type { WorkItem } from '../sim/external-work.ts';
import type { RunStatus } from '../sim/world.ts';
import { nextMoment } from './next-moment.ts';
import type { RunStatusView, WorkView } from './protocol.ts';
import type { Simulation } from './simulation.ts';
import type { WorkHost } from './work-host.ts';

export function statusView(
  main: Simulation,
  o: Pick<RunStatusView, 'runId' | 'arriving' | 'playing' | 'speed' | 'shownUs'> & { readonly computedUs: number; readonly status: RunStatus; readonly work: WorkHost; readonly missing: (items: readonly WorkItem[]) => RunStatusView['missingClips'] },
): RunStatusView {
  const { status, work, missing, ...rest } = o;
  const running = new Map(work.running().map((piece) => [piece.item.key, piece.progress]));
  const outstanding = main.world.work.anyOutstanding() ? main.world.work.outstanding() : [];
  const views: WorkView[] = outstanding.map((item) => ({ workId: item.workId, kind: item.kind, resource: item.resource, ...(running.get(item.key) ?? { state: 'loading' as const, progress: null, detail: '' }) }));
  return {
    ...rest,
    nextUs: nextMoment(main, o.shownUs),
    waitingFor: status.kind === 'waiting' ? views : [],
    working: views,
    missingClips: missing(outstanding),
    ended: status.kind === 'ended' ? status.reason : null,
  };
}
