/** The place of the code: loading with a name and a size, then Monaco, or a plain field when Monaco cannot be loaded. */
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/controls/button.tsx';
import { ProgressBar } from '../../ui/feedback/progress-bar.tsx';
import type { ScenarioStore } from '../../scenario/scenario.store.ts';
import type { CodePlace } from '../../state/log-lines.ts';
import type { CodeDrafts } from './drafts.ts';
import { CompareCode } from './last/compare-code.tsx';
import type { Monaco } from './monaco/load.ts';
import { MonacoEditor } from './monaco-editor.tsx';
import type { Reveal } from './monaco-editor.tsx';
import type { FileModels } from './monaco/models.ts';
import { PlainEditor } from './plain-editor.tsx';
import type { Problem } from './problem.ts';
import type { RunError } from './run-errors.ts';

export interface CodeAreaProps {
  readonly scenario: ScenarioStore;
  readonly drafts: CodeDrafts;
  readonly nodeId: string;
  readonly file: string;
  readonly label: string;
  readonly theme: 'dark' | 'light';
  readonly reveal: Reveal | null;
  readonly errors: readonly RunError[];
  readonly onProblems: (problems: readonly Problem[]) => void;
  /** Opens a place in another file of the function. */
  readonly onPlace: (place: CodePlace) => void;
  /** Given: the file is compared with its text as it ran. */
  readonly compareWith: { readonly text: string | undefined } | null;
}

type Loaded = { readonly state: 'loading' } | { readonly state: 'failed' } | { readonly state: 'ready'; readonly monaco: Monaco; readonly models: FileModels };

/** Longer than this and the plain field is offered, ms. */
const PATIENCE_MS = 20_000;

export function CodeArea(props: CodeAreaProps): ReactNode {
  const [loaded, retry] = useMonaco(props.scenario, props.drafts);
  if (loaded.state === 'ready' && props.compareWith !== null) return <CompareCode {...props} monaco={loaded.monaco} models={loaded.models} ran={props.compareWith.text} onLeave={props.drafts.leave} />;
  if (loaded.state === 'ready') return <MonacoEditor {...props} monaco={loaded.monaco} models={loaded.models} onLeave={props.drafts.leave} />;
  if (loaded.state === 'loading') {
    return (
      <div className="editor-loading">
        <ProgressBar name="The editor, once" size="about 2.6 MB" />
      </div>
    );
  }
  return (
    <div className="editor-fallback">
      <p role="status">
        The editor could not be loaded. This plain field does the same, without colours and checks.{' '}
        <Button size="s" onClick={retry}>
          Try again
        </Button>
      </p>
      <PlainEditor {...props} />
    </div>
  );
}

function useMonaco(scenario: ScenarioStore, drafts: CodeDrafts): readonly [Loaded, () => void] {
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let gone = false;
    let models: FileModels | undefined;
    const impatient = setTimeout(() => setLoaded((now) => (now.state === 'loading' ? { state: 'failed' } : now)), PATIENCE_MS);
    const start = async (): Promise<void> => {
      const [{ loadMonaco }, { FileModels: Models }] = await Promise.all([import('./monaco/load.ts'), import('./monaco/models.ts')]);
      const monaco = await loadMonaco();
      if (gone) return;
      models = new Models(monaco, scenario, drafts);
      setLoaded({ state: 'ready', monaco, models });
    };
    start().catch(() => {
      if (!gone) setLoaded({ state: 'failed' });
    });
    return () => {
      gone = true;
      clearTimeout(impatient);
      models?.dispose();
      setLoaded({ state: 'loading' });
    };
  }, [scenario, drafts, attempt]);
  return [loaded, () => setAttempt((count) => count + 1)];
}
