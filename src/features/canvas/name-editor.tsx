/** Edits a node's name in place (F2): Enter keeps it, Escape leaves it, a refusal is said under the field. */
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useCanvas } from './canvas-context.tsx';

export function NameEditor({ nodeId, name }: { readonly nodeId: string; readonly name: string }): ReactNode {
  const { actions, view } = useCanvas();
  const [draft, setDraft] = useState(name);
  const [refusal, setRefusal] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus({ preventScroll: true });
    input.current?.select();
  }, []);
  const leave = (): void => view.setState({ renaming: null });
  const keep = (): void => {
    if (draft === name) return leave();
    const problem = actions.rename(nodeId, draft);
    if (problem === null) leave();
    else setRefusal(problem);
  };
  /** The keyboard goes back to the card. */
  const toCard = (): void => input.current?.closest<HTMLElement>('.react-flow__node')?.focus({ preventScroll: true });
  return (
    <>
      <input
        ref={input}
        className="canvas-name-editor nodrag nokey"
        aria-label={`Name of ${name}`}
        aria-invalid={refusal !== null}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') {
            keep();
            toCard();
          }
          if (event.key === 'Escape') {
            leave();
            toCard();
          }
        }}
      />
      {refusal !== null && (
        <span role="alert" className="canvas-name-refusal">
          {refusal}
        </span>
      )}
    </>
  );
}
