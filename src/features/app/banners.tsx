/** Statements over the canvas that stay until they are answered: what time waits for, what was refused, where one is. The most pressing first. */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { Button } from '../../ui/controls/button.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Banner } from '../../ui/feedback/banner.tsx';
import { sizeText } from './uploads.ts';
import { clockText } from '../timeline/time-scale.ts';
import { useApp } from './app-context.ts';
import { openKept, forgetAddress } from './boot.ts';

/** More than this at once would hide what they talk about. */
const SHOWN_MAX = 3;

export function Banners(): ReactNode {
  const found = [
    useLinkBanner(),
    useProblemBanner(),
    useTabsBanner(),
    useMissingBanner(),
    useWaitingBanner(),
    useComputingBanner(),
    useEndBanner(),
    usePastBanner(),
    useFromLinkBanner(),
  ];
  const shown = found.filter((banner) => banner !== null).slice(0, SHOWN_MAX);
  return shown.length === 0 ? null : <div className="banners">{shown}</div>;
}

function useLinkBanner(): ReactNode {
  const { notice } = useApp();
  const link = useStore(notice, (state) => state.link);
  if (link === null) return null;
  return (
    <Banner
      key="link"
      kind="error"
      icon="link"
      actions={<IconButton icon="close" label="Dismiss" iconSize="s" onClick={() => notice.setState({ link: null })} />}
    >
      {link.sentence}
      {link.detail !== '' && <small className="banner-detail">{link.detail}</small>}
    </Banner>
  );
}

function useProblemBanner(): ReactNode {
  const { run, view, scenario } = useApp();
  const problems = useStore(run, (state) => state.problems);
  const { nodes, edges } = useStore(scenario, (state) => state.design);
  const problem = problems[problems.length - 1];
  if (problem === undefined) return null;
  const named = (id: string | undefined): string => String(nodes.find((one) => one.id === id)?.config['name'] ?? id);
  const node = nodes.find((candidate) => candidate.id === problem.nodeId);
  const edge = edges.find((candidate) => candidate.id === problem.edgeId);
  const where = edge ? `${named(edge.from)} to ${named(edge.to)}` : node && named(node.id);
  const more = problems.length > 1 ? ` And ${problems.length - 1} more.` : '';
  return (
    <Banner
      key="problem"
      kind="error"
      actions={
        <>
          {(node !== undefined || problem.edgeId !== undefined) && (
            <Button size="s" onClick={() => (problem.edgeId === undefined ? view.select([node!.id]) : view.select([], [problem.edgeId]))}>
              Show it
            </Button>
          )}
          <IconButton icon="close" label="Dismiss" iconSize="s" onClick={() => run.dismissProblem(problem.id)} />
        </>
      }
    >
      {where !== undefined && <b>{where}: </b>}
      {problem.sentence}
      {more}
    </Banner>
  );
}

function useTabsBanner(): ReactNode {
  const app = useApp();
  const saved = useStore(app.scenario, (state) => state.saved);
  if (saved !== 'other-tab') return null;
  return (
    <Banner
      key="tabs"
      kind="note"
      actions={
        <>
          <Button size="s" onClick={() => void openKept(app)}>
            Open what it saved
          </Button>
          <Button size="s" onClick={app.saveNow}>
            Keep this one
          </Button>
        </>
      }
    >
      Two tabs have this open. The other one saved last.
    </Banner>
  );
}

function useMissingBanner(): ReactNode {
  const { run, view } = useApp();
  const missing = useStore(run, (state) => state.status.missingClips);
  const [clip] = missing;
  if (clip === undefined) return null;
  return (
    <Banner
      key="missing"
      kind="waiting"
      icon="clips"
      actions={
        <Button size="s" onClick={() => view.openBottom('media')}>
          Choose the file
        </Button>
      }
    >
      This run needs {clip.name === '' ? 'a clip' : <b>{clip.name}</b>}, {sizeText(clip.size)}
      {missing.length > 1 ? `, and ${missing.length - 1} more` : ''}. Drop it in: it is recognised by its bytes, whatever it is called now.
    </Banner>
  );
}

function useWaitingBanner(): ReactNode {
  const { run, client } = useApp();
  const { waiting, progress, missing, playing } = useStore(
    run,
    useShallow((state) => ({
      waiting: state.status.waitingFor,
      progress: state.progress,
      missing: state.status.missingClips.length,
      playing: state.status.playing,
    })),
  );
  const work = waiting.find((item) => item.state === 'running') ?? waiting[0];
  if (work === undefined || missing > 0 || (!playing && work.state === 'loading' && progress === null)) return null;
  const loading = progress !== null;
  const part = loading ? (progress.totalBytes === null ? undefined : progress.loadedBytes / progress.totalBytes) : (work.progress ?? undefined);
  const words = loading
    ? `${megabytes(progress.loadedBytes)}${progress.totalBytes === null ? '' : ` of ${megabytes(progress.totalBytes)}`}\u00a0MB`
    : work.progress === null
      ? 'begins'
      : `${Math.round(work.progress * 100)}\u00a0%`;
  const others = waiting.length > 1 ? `, ${waiting.length} at once` : '';
  return (
    <Banner
      key="waiting"
      kind="waiting"
      className="banner-work"
      actions={
        <Button size="s" onClick={() => waiting.forEach((item) => client.cancelWork(item.workId))}>
          Cancel
        </Button>
      }
    >
      {loading ? `Stands still: ${progress.what} is loaded, once. ` : `Stands still: ${work.kind} is working for ${nameOfResource(work.resource)}${others}. `}
      <b className="ui-num">{words}</b>
      <Bar name={loading ? progress.what : work.kind} part={part} words={words} />
    </Banner>
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

/** How far, as a bar; open-ended while nobody can know. */
function Bar({ name, part, words }: { readonly name: string; readonly part: number | undefined; readonly words: string }): ReactNode {
  const percent = part === undefined ? undefined : Math.round(Math.min(1, Math.max(0, part)) * 100);
  return (
    <span
      className="banner-bar"
      role="progressbar"
      aria-label={name}
      aria-valuetext={words}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      data-open={percent === undefined || undefined}
    >
      <i style={{ width: `${percent ?? 30}%` }} />
    </span>
  );
}

function useComputingBanner(): ReactNode {
  const { run, client } = useApp();
  const computing = useStore(run, (state) => state.computing);
  if (!computing) return null;
  return (
    <Banner
      key="computing"
      kind="waiting"
      actions={
        <Button size="s" onClick={client.stopComputing}>
          Cancel
        </Button>
      }
    >
      Stands still: handler code is computing.
    </Banner>
  );
}

function useEndBanner(): ReactNode {
  const { run, client } = useApp();
  const ended = useStore(run, (state) => state.status.ended);
  if (ended === null) return null;
  return (
    <Banner
      key="ended"
      kind="note"
      actions={
        <Button size="s" onClick={() => client.seek(0)}>
          To the start
        </Button>
      }
    >
      The run ends here: {ended}
    </Banner>
  );
}

function usePastBanner(): ReactNode {
  const { run, client } = useApp();
  const { shownUs, computedUs, elsewhere } = useStore(
    run,
    useShallow(({ status }) => ({ shownUs: status.shownUs, computedUs: status.computedUs, elsewhere: status.playing || status.arriving })),
  );
  if (shownUs >= computedUs || elsewhere) return null;
  return (
    <Banner
      key="past"
      kind="past"
      actions={
        <>
          <Button kind="now" size="s" onClick={client.continueFromHere}>
            Continue from here
          </Button>
          <Button size="s" onClick={() => client.seek(computedUs)}>
            Return to {clockText(computedUs)}
          </Button>
        </>
      }
    >
      You are in the past. A change here starts a <b>new future</b>; what came after it is given up.
    </Banner>
  );
}

function useFromLinkBanner(): ReactNode {
  const app = useApp();
  const fromLink = useStore(app.scenario, (state) => state.origin.kind === 'link' && !state.changed);
  const played = useStore(app.run, (state) => state.status.playing);
  if (!fromLink || played) return null;
  return (
    <Banner
      key="from-link"
      kind="note"
      icon="link"
      actions={
        <Button
          size="s"
          onClick={() => {
            forgetAddress();
            void openKept(app);
          }}
        >
          Back to my scenario
        </Button>
      }
    >
      Opened from a link. Nothing runs until you press play; your own scenario is kept.
    </Banner>
  );
}

function nameOfResource(arn: string): string {
  return arn.split(/[:/]/).pop() ?? arn;
}
