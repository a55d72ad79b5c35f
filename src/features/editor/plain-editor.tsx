/** The code in a plain field, for when Monaco cannot be had: everything but colours and checks. */
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { ScenarioStore } from '../../scenario/scenario.store.ts';
import type { CodeDrafts } from './drafts.ts';
import type { Reveal } from './monaco-editor.tsx';

export interface PlainEditorProps {
  readonly scenario: ScenarioStore;
  readonly drafts: CodeDrafts;
  readonly nodeId: string;
  readonly file: string;
  readonly label: string;
  readonly reveal: Reveal | null;
}

export function PlainEditor({ scenario, drafts, nodeId, file, label, reveal }: PlainEditorProps): ReactNode {
  const [text, setText] = useState(() => drafts.textOf(nodeId, file) ?? '');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const read = (): void => setText(drafts.textOf(nodeId, file) ?? '');
    read();
    return scenario.subscribe(read);
  }, [scenario, drafts, nodeId, file]);
  useEffect(() => {
    if (reveal === null || field.current === null) return;
    const lines = field.current.value.split('\n');
    if (reveal.line === undefined) return field.current.focus();
    const start = lines.slice(0, reveal.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
    field.current.focus();
    field.current.setSelectionRange(start, start + (lines[reveal.line - 1]?.length ?? 0));
  }, [reveal]);
  return (
    <textarea
      ref={field}
      className="editor-plain"
      aria-label={label}
      value={text}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      wrap="off"
      onChange={(event) => {
        setText(event.target.value);
        drafts.type(nodeId, file, event.target.value);
      }}
      onBlur={drafts.leave}
    />
  );
}
