/** The code in Monaco: one editor for all files, with the run's errors at their lines. */
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { editor } from 'monaco-editor/editor';
import type { CodePlace } from '../../state/log-lines.ts';
import type { Monaco } from './monaco/load.ts';
import type { FileModels } from './monaco/models.ts';
import { showTheme } from './monaco/theme.ts';
import type { Problem } from './problem.ts';
import { SYNTAX_ERROR } from './run-errors.ts';
import type { RunError } from './run-errors.ts';

/** A line to be shown; another object shows it again. */
export interface Reveal {
  /** Undefined: only the focus goes there. */
  readonly line: number | undefined;
}

export interface MonacoEditorProps {
  readonly monaco: Monaco;
  readonly models: FileModels;
  readonly nodeId: string;
  readonly file: string;
  /** What it is, for readers. */
  readonly label: string;
  readonly theme: 'dark' | 'light';
  readonly reveal: Reveal | null;
  readonly errors: readonly RunError[];
  readonly onLeave: () => void;
  /** Problems that the language services found in the files of this function. */
  readonly onProblems: (problems: readonly Problem[]) => void;
  /** Opens a place in another file of the function. */
  readonly onPlace: (place: CodePlace) => void;
}

export function MonacoEditor(props: MonacoEditorProps): ReactNode {
  const { monaco, models, nodeId, file, label, theme, reveal, errors, onLeave, onProblems, onPlace } = props;
  const place = useRef<HTMLDivElement>(null);
  const code = useRef<editor.IStandaloneCodeEditor>(null);
  const kept = useRef(new Map<string, editor.ICodeEditorViewState | null>());
  const leave = useRef(onLeave);
  leave.current = onLeave;
  const goTo = useRef(onPlace);
  goTo.current = onPlace;

  useEffect(() => {
    if (place.current === null) return undefined;
    const made = monaco.editor.create(place.current, OPTIONS);
    code.current = made;
    made.onDidBlurEditorText(() => leave.current());
    return () => {
      code.current = null;
      made.dispose();
    };
  }, [monaco]);

  // A definition in another file is opened as its tab.
  useEffect(() => {
    const opener = monaco.editor.registerEditorOpener({
      openCodeEditor: (_, resource, at) => {
        const model = monaco.editor.getModel(resource);
        const held = model === null ? undefined : models.fileOf(model);
        if (held?.nodeId !== nodeId) return false;
        goTo.current({ file: held.file, line: at === undefined ? 1 : 'startLineNumber' in at ? at.startLineNumber : at.lineNumber });
        return true;
      },
    });
    return () => opener.dispose();
  }, [monaco, models, nodeId]);

  useEffect(() => showTheme(monaco, theme), [monaco, theme]);
  useEffect(() => code.current?.updateOptions({ ariaLabel: `${label}. Control M lets Tab leave the editor.` }), [label]);

  useEffect(() => {
    const views = kept.current;
    const made = code.current;
    const model = models.modelOf(nodeId, file) ?? null;
    if (made === null) return undefined;
    made.setModel(model);
    made.restoreViewState(views.get(`${nodeId}/${file}`) ?? null);
    return () => {
      // The model may be gone with its file; its view goes too.
      if (model !== null && !model.isDisposed() && made.getModel() === model) views.set(`${nodeId}/${file}`, made.saveViewState());
    };
  }, [monaco, models, nodeId, file]);

  useEffect(() => {
    if (reveal === null || code.current === null) return;
    if (reveal.line !== undefined) {
      code.current.revealLineInCenter(reveal.line);
      code.current.setPosition({ lineNumber: reveal.line, column: 1 });
    }
    code.current.focus();
  }, [reveal, nodeId, file]);

  useEffect(() => {
    const made = code.current;
    const model = models.modelOf(nodeId, file);
    if (made === null || model === undefined) return undefined;
    const shown = made.createDecorationsCollection(errors.flatMap((error) => decorationOf(monaco, model, error, file)));
    return () => shown.clear();
  }, [monaco, models, nodeId, file, errors]);

  useEffect(() => {
    const read = (): void => {
      const told = new Set<string>();
      onProblems(
        monaco.editor.getModelMarkers({}).flatMap((marker): Problem[] => {
          const model = monaco.editor.getModel(marker.resource);
          const held = model === null ? undefined : models.fileOf(model);
          if (held?.nodeId !== nodeId || marker.severity < monaco.MarkerSeverity.Warning) return [];
          const key = `${held.file}:${marker.startLineNumber} ${marker.message}`;
          if (told.has(key)) return [];
          told.add(key);
          return [{ file: held.file, line: marker.startLineNumber, column: marker.startColumn, level: marker.severity === monaco.MarkerSeverity.Error ? 'error' : 'warning', from: 'code', message: marker.message }];
        }),
      );
    };
    read();
    const listener = monaco.editor.onDidChangeMarkers(read);
    return () => listener.dispose();
  }, [monaco, models, nodeId, onProblems]);

  return <div ref={place} className="editor-monaco" />;
}

function decorationOf(monaco: Monaco, model: editor.ITextModel, error: RunError, file: string): editor.IModelDeltaDecoration[] {
  if (error.file !== file || error.line === null || error.line > model.getLineCount()) return [];
  const end = model.getLineMaxColumn(error.line);
  return [
    {
      range: new monaco.Range(error.line, 1, error.line, end),
      options: {
        isWholeLine: true,
        className: 'editor-failed-line',
        linesDecorationsClassName: 'editor-failed-edge',
        hoverMessage: { value: `${error.type}: ${error.message}`, isTrusted: false },
        overviewRuler: { color: { id: 'editorError.foreground' }, position: monaco.editor.OverviewRulerLane.Right },
        after: { content: `  ${error.type === SYNTAX_ERROR ? '' : 'threw '}${error.message.split('\n')[0]!.slice(0, 120)}`, inlineClassName: 'editor-failed-words', cursorStops: monaco.editor.InjectedTextCursorStops.None },
        showIfCollapsed: true,
      },
    },
  ];
}

const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  model: null,
  automaticLayout: true,
  // A textarea takes the keys: what else listens on the page knows that someone is typing.
  editContext: false,
  fontFamily: '"JetBrains Mono Variable", "JetBrains Mono", ui-monospace, monospace',
  fontSize: 12.5,
  lineHeight: 20,
  fontLigatures: false,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  padding: { top: 8, bottom: 8 },
  lineNumbersMinChars: 3,
  glyphMargin: false,
  folding: true,
  renderLineHighlight: 'line',
  overviewRulerBorder: false,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, alwaysConsumeMouseWheel: false },
  fixedOverflowWidgets: true,
  tabSize: 2,
  wordWrap: 'off',
  accessibilityPageSize: 20,
  bracketPairColorization: { enabled: false },
  unicodeHighlight: { ambiguousCharacters: false },
};
