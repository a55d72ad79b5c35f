/** A text of JSON: in Monaco where it is loaded, in a plain field else; with what is wrong and where. */
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { editor } from 'monaco-editor/editor';
import type { Monaco } from '../monaco/load.ts';
import { showTheme } from '../monaco/theme.ts';
import type { JsonProblem } from './json-problem.ts';

export interface JsonFieldProps {
  readonly label: string;
  /** Tells one text from another: changing it begins anew. */
  readonly id: string;
  readonly text: string;
  readonly theme: 'dark' | 'light';
  readonly problem: JsonProblem | null;
  readonly onChange: (text: string) => void;
  /** Ctrl Enter. */
  readonly onRun: () => void;
}

export function JsonField(props: JsonFieldProps): ReactNode {
  const monaco = useMonaco();
  const { onRun } = props;
  return (
    <div
      className="editor-json"
      onKeyDownCapture={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        onRun();
      }}
    >
      {monaco === null ? <PlainJson {...props} /> : <MonacoJson {...props} monaco={monaco} />}
    </div>
  );
}

/** Null until it is there, and when it cannot be had. */
function useMonaco(): Monaco | null {
  const [monaco, setMonaco] = useState<Monaco | null>(null);
  useEffect(() => {
    let gone = false;
    const load = async (): Promise<void> => {
      const { loadMonaco } = await import('../monaco/load.ts');
      const loaded = await loadMonaco();
      if (!gone) setMonaco(loaded);
    };
    load().catch(() => {}); // The plain field stays.
    return () => {
      gone = true;
    };
  }, []);
  return monaco;
}

function PlainJson({ label, text, problem, onChange }: JsonFieldProps): ReactNode {
  return <textarea className="editor-plain" aria-label={label} aria-invalid={problem !== null || undefined} value={text} spellCheck={false} autoCapitalize="off" autoComplete="off" onChange={(event) => onChange(event.target.value)} />;
}

function MonacoJson({ monaco, label, id, text, theme, problem, onChange }: JsonFieldProps & { readonly monaco: Monaco }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const held = useRef<{ readonly made: editor.IStandaloneCodeEditor; readonly model: editor.ITextModel }>(null);
  const change = useRef(onChange);
  change.current = onChange;
  useEffect(() => {
    if (place.current === null) return undefined;
    const model = monaco.editor.createModel('', 'json', monaco.Uri.parse(`event:///${encodeURIComponent(id)}.json`));
    model.updateOptions({ tabSize: 2, insertSpaces: true });
    const made = monaco.editor.create(place.current, { ...OPTIONS, model });
    const listener = model.onDidChangeContent(() => change.current(model.getValue()));
    held.current = { made, model };
    return () => {
      held.current = null;
      listener.dispose();
      made.dispose();
      model.dispose();
    };
  }, [monaco, id]);
  useEffect(() => showTheme(monaco, theme), [monaco, theme]);
  useEffect(() => held.current?.made.updateOptions({ ariaLabel: `${label}. Control M lets Tab leave the editor. Control Enter runs it.` }), [monaco, id, label]);
  useEffect(() => {
    const model = held.current?.model;
    if (model !== undefined && model.getValue() !== text) model.setValue(text);
  }, [monaco, id, text]);
  useEffect(() => {
    const model = held.current?.model;
    if (model === undefined) return;
    monaco.editor.setModelMarkers(model, 'event', problem === null ? [] : [{ severity: monaco.MarkerSeverity.Error, message: problem.message, startLineNumber: problem.line, startColumn: problem.column, endLineNumber: problem.line, endColumn: problem.column + 1 }]);
  }, [monaco, id, problem]);
  return <div ref={place} className="editor-monaco" />;
}

const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  // A textarea takes the keys: what else listens on the page knows that someone is typing.
  editContext: false,
  fontFamily: '"JetBrains Mono Variable", "JetBrains Mono", ui-monospace, monospace',
  fontSize: 11.5,
  lineHeight: 17,
  fontLigatures: false,
  minimap: { enabled: false },
  lineNumbersMinChars: 3,
  glyphMargin: false,
  scrollBeyondLastLine: false,
  overviewRulerLanes: 0,
  padding: { top: 6, bottom: 6 },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, alwaysConsumeMouseWheel: false },
  fixedOverflowWidgets: true,
  wordWrap: 'on',
  bracketPairColorization: { enabled: false },
};
