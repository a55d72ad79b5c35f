/** The code panel: a function's files in an editor, with what went wrong and what was printed beside them. */
import './editor.css';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import type { RunClient } from '../../runner/client.ts';
import type { ScenarioNodeDocument } from '../../scenario/schema.ts';
import type { CodePlace } from '../../state/log-lines.ts';
import type { RunStore } from '../../state/run.store.ts';
import type { ViewState, ViewStore } from '../../state/view.store.ts';
import type { ScenarioStore } from '../../scenario/scenario.store.ts';
import { CodeArea } from './code-area.tsx';
import { CodeDrafts } from './drafts.ts';
import { FileBar } from './file-bar.tsx';
import { handlerFile } from './file-names.ts';
import { LastLine, useChangedCode } from './last/last-line.tsx';
import type { Reveal } from './monaco-editor.tsx';
import type { Problem } from './problem.ts';
import { SYNTAX_ERROR } from './run-errors.ts';
import type { RunError } from './run-errors.ts';
import { SidePane } from './side-pane.tsx';
import { TestPane } from './try/test-pane.tsx';
import { useFunctionRun } from './use-function-run.ts';

export interface EditorPanelProps {
  readonly scenario: ScenarioStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  readonly client: RunClient;
  readonly theme: 'dark' | 'light';
}

export function EditorPanel({ scenario, run, view, client, theme }: EditorPanelProps): ReactNode {
  const nodes = useStore(scenario, (state) => state.design.nodes);
  const openFile = useStore(view, (state) => state.openFile);
  const selected = useStore(view, (state) => state.selectedNodes);
  const functions = nodes.filter((node) => node.files !== undefined);
  const node = functionShown(functions, openFile, selected);
  const drafts = useDrafts(scenario);
  // Another function that is selected on the canvas is what people want to see.
  useEffect(() => {
    const chosen = functions.find((candidate) => selected.length === 1 && candidate.id === selected[0]);
    if (chosen !== undefined && openFile !== null && openFile.nodeId !== chosen.id) view.setState({ openFile: null });
    // Only a new selection changes what is open: nothing else is asked.
  }, [selected]);
  if (node === undefined) return <EmptyState icon="code" title="No function here">Add a function, and its code is edited here.</EmptyState>;
  return <FunctionCode key={node.id} scenario={scenario} run={run} view={view} client={client} theme={theme} functions={functions} node={node} drafts={drafts} />;
}

/** The function of the file that was opened last, else the selected one, else the first. */
function functionShown(functions: readonly ScenarioNodeDocument[], openFile: ViewState['openFile'], selected: readonly string[]): ScenarioNodeDocument | undefined {
  return functions.find((node) => node.id === openFile?.nodeId) ?? functions.find((node) => selected.includes(node.id)) ?? functions[0];
}

/** What is typed counts before anything else is pressed, and when the panel goes. */
function useDrafts(scenario: ScenarioStore): CodeDrafts {
  const drafts = useMemo(() => new CodeDrafts(scenario), [scenario]);
  useEffect(() => {
    const outside = (event: Event): void => {
      if (!(event.target instanceof Element && event.target.closest('.editor-code') !== null)) drafts.flush();
    };
    window.addEventListener('pointerdown', outside, true);
    window.addEventListener('keydown', outside, true);
    window.addEventListener('pagehide', drafts.flush);
    return () => {
      window.removeEventListener('pointerdown', outside, true);
      window.removeEventListener('keydown', outside, true);
      window.removeEventListener('pagehide', drafts.flush);
      drafts.leave();
    };
  }, [drafts]);
  return drafts;
}

interface FunctionCodeProps extends EditorPanelProps {
  readonly functions: readonly ScenarioNodeDocument[];
  readonly node: ScenarioNodeDocument;
  readonly drafts: CodeDrafts;
}

function FunctionCode({ scenario, run, view, client, theme, functions, node, drafts }: FunctionCodeProps): ReactNode {
  const openFile = useStore(view, (state) => state.openFile);
  const [side, setSide] = useState(() => window.innerWidth >= 900);
  const [marked, setMarked] = useState<readonly Problem[]>([]);
  const files = node.files ?? {};
  const file = openFile?.nodeId === node.id && files[openFile.file] !== undefined ? openFile.file : handlerFile(node.config['Handler'], Object.keys(files));
  const asked = openFile?.nodeId === node.id && openFile.file === file && (openFile.line !== undefined || openFile.entered) ? openFile : null;
  // A new object for each request, also for the same line.
  const reveal = useMemo<Reveal | null>(() => asked && { line: asked.line }, [asked]);
  const { output, errors, last } = useFunctionRun(run, node);
  const changedCode = useChangedCode(scenario, node, last);
  const [comparing, setComparing] = useState(false);
  const compareWith = useMemo(() => (comparing && changedCode !== null && file !== undefined ? { text: changedCode.ran[file] } : null), [comparing, changedCode, file]);
  const problems = useMemo(() => [...errors.map(problemOf), ...marked], [errors, marked]);
  const name = String(node.config['name'] ?? node.id);
  const open = useCallback((nodeId: string, wanted: string | undefined, at?: number) => {
    drafts.leave();
    view.setState({ openFile: wanted === undefined ? firstOf(scenario, nodeId) : at === undefined ? { nodeId, file: wanted } : { nodeId, file: wanted, line: at } });
  }, [drafts, scenario, view]);
  const goTo = (place: CodePlace): void => open(node.id, place.file, place.line);
  return (
    <div className="editor nokey" data-side={side || undefined} data-ran={last !== null || undefined}>
      <FileBar
        scenario={scenario}
        functions={functions}
        node={node}
        file={file}
        problems={problemsByFile(problems)}
        onOpen={open}
        onBeforeChange={drafts.leave}
        end={
          <>
            <SavedNote drafts={drafts} run={run} scenario={scenario} nodeId={node.id} />
            <IconButton icon="logs" label={side ? 'Hide output and problems' : 'Show output and problems'} size="s" pressed={side} onClick={() => setSide(!side)} />
          </>
        }
      />
      {last !== null && (
        <LastLine
          run={run}
          nodeId={node.id}
          last={last}
          changed={changedCode?.changed ?? []}
          comparing={compareWith !== null}
          onCompare={(next) => {
            setComparing(next);
            // Where the open file is the same, one that is not is shown.
            const [other] = changedCode?.changed.filter((name) => files[name] !== undefined) ?? [];
            if (next && other !== undefined && (file === undefined || changedCode?.changed.includes(file) === false)) open(node.id, other);
          }}
        />
      )}
      <div className="editor-code">
        {file === undefined ? (
          <EmptyState title="No files">A function without code cannot be deployed. Add a file.</EmptyState>
        ) : (
          <CodeArea scenario={scenario} drafts={drafts} nodeId={node.id} file={file} label={`${file} of ${name}`} theme={theme} reveal={reveal} errors={errors} onProblems={setMarked} onPlace={goTo} compareWith={compareWith} />
        )}
      </div>
      {side && (
        <SidePane
          output={output}
          problems={problems}
          files={files}
          onPlace={goTo}
          onFollow={(requestId) => view.follow(requestId)}
          test={<TestPane scenario={scenario} run={run} client={client} node={node} theme={theme} onPlace={goTo} onBeforeRun={drafts.flush} />}
        />
      )}
    </div>
  );
}

function firstOf(scenario: ScenarioStore, nodeId: string): ViewState['openFile'] {
  const node = scenario.getState().design.nodes.find((candidate) => candidate.id === nodeId);
  const file = handlerFile(node?.config['Handler'], Object.keys(node?.files ?? {}));
  return file === undefined ? null : { nodeId, file };
}

function problemOf(error: RunError): Problem {
  return { file: error.file, line: error.line, column: null, level: 'error', from: 'run', message: wordsOf(error), atUs: error.atUs };
}

function wordsOf({ file, line, type, message }: Pick<RunError, 'file' | 'line' | 'type' | 'message'>): string {
  const said = message.replace(/^SyntaxError: /, '');
  if (type === SYNTAX_ERROR) return `${file ?? 'The code'} has a syntax error${line === null ? '' : ` on line ${line}`}${said === '' ? '' : `: ${said}`}. Invocations fail until it is mended.`;
  return message === '' ? type : `${type}: ${message}`;
}

function problemsByFile(problems: readonly Problem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { file, level } of problems) if (file !== null && level === 'error') counts.set(file, (counts.get(file) ?? 0) + 1);
  return counts;
}

/** Says what becomes of the text: when it counts, and which environments run it. */
function SavedNote({ drafts, run, scenario, nodeId }: { readonly drafts: CodeDrafts; readonly run: RunStore; readonly scenario: ScenarioStore; readonly nodeId: string }): ReactNode {
  const state = useSyncExternalStore(drafts.subscribe, drafts.state);
  const begun = useStore(run, (now) => now.status.computedUs > 0);
  const edited = useStore(scenario, (now) => now.past.some((step) => step.group?.startsWith(`file:${nodeId}:`) === true || /^(Edit|Rename|Remove) \S+\.\w+/.test(step.label)));
  const words =
    state === 'typing' ? 'Not saved yet' : state === 'too-long' ? 'A file holds 256,000 characters. The last text that fits is kept.' : edited ? (begun ? 'Saved. The next invocation runs this code in a new environment' : 'Saved') : '';
  return (
    <span className="editor-note" role="status" data-bad={state === 'too-long' || undefined}>
      {words}
    </span>
  );
}
