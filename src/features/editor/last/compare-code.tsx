/** A file as the last invocation ran it beside the file as it is: Monaco's diff editor. The right side is the code itself. */
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { Monaco } from '../monaco/load.ts';
import type { FileModels } from '../monaco/models.ts';
import { showTheme } from '../monaco/theme.ts';

export interface CompareCodeProps {
  readonly monaco: Monaco;
  readonly models: FileModels;
  readonly nodeId: string;
  readonly file: string;
  readonly label: string;
  readonly theme: 'dark' | 'light';
  /** The file's text as it ran; undefined when there was no such file. */
  readonly ran: string | undefined;
  readonly onLeave: () => void;
}

export function CompareCode({ monaco, models, nodeId, file, label, theme, ran, onLeave }: CompareCodeProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const leave = useRef(onLeave);
  leave.current = onLeave;
  useEffect(() => {
    const modified = models.modelOf(nodeId, file);
    if (place.current === null || modified === undefined) return undefined;
    // In a language of no service: it is looked at, and its imports lead nowhere.
    const original = monaco.editor.createModel(ran ?? '', 'plaintext');
    const made = monaco.editor.createDiffEditor(place.current, {
      automaticLayout: true,
      fontFamily: '"JetBrains Mono Variable", "JetBrains Mono", ui-monospace, monospace',
      fontSize: 12.5,
      lineHeight: 20,
      fontLigatures: false,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      renderOverviewRuler: false,
      originalAriaLabel: `${label}, as the last invocation ran it`,
      modifiedAriaLabel: `${label}, as it is`,
    });
    made.setModel({ original, modified });
    const blurred = made.getModifiedEditor().onDidBlurEditorText(() => leave.current());
    return () => {
      blurred.dispose();
      made.dispose();
      original.dispose();
    };
  }, [monaco, models, nodeId, file, label, ran]);
  useEffect(() => showTheme(monaco, theme), [monaco, theme]);
  return <div ref={place} className="editor-monaco" />;
}
