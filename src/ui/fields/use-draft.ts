/** What a person has typed but not yet handed over, and why it was refused when it was. Shared by text and number fields. */
import { useRef, useState } from 'react';

/** Nothing when the value was taken, else the sentence that says why not. */
export type CommitAnswer = string | undefined | void;

export interface Draft {
  /** What the box shows: the draft while there is one, else the value. */
  readonly text: string;
  /** Why the last commit was refused; cleared by the next keystroke. */
  readonly refusal: string | undefined;
  readonly type: (text: string) => void;
  /** Hands the draft over if it differs from the value. A refused draft stays in the box. */
  readonly commit: () => void;
  /** Back to the value in force. */
  readonly revert: () => void;
}

export function useDraft(value: string, hand: (text: string) => CommitAnswer | Promise<CommitAnswer>): Draft {
  const [draft, setDraft] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const turn = useRef(0);

  const settle = (at: number, answer: CommitAnswer): void => {
    if (at !== turn.current) return; // typed on meanwhile
    setRefusal(answer ?? undefined);
    if (answer === undefined) setDraft(undefined);
  };
  const commit = (): void => {
    if (draft === undefined || refusal !== undefined) return;
    if (draft === value) {
      setDraft(undefined);
      return;
    }
    turn.current += 1;
    const at = turn.current;
    const answer = hand(draft);
    if (answer instanceof Promise) void answer.then((late) => settle(at, late));
    else settle(at, answer);
  };
  return {
    text: draft ?? value,
    refusal,
    type: (text) => {
      turn.current += 1;
      setDraft(text);
      setRefusal(undefined);
    },
    commit,
    revert: () => {
      turn.current += 1;
      setDraft(undefined);
      setRefusal(undefined);
    },
  };
}
