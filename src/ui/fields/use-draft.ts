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
  /** Types and hands over in one go: for a slider or a button beside the box. */
  readonly put: (text: string) => void;
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
  const put = (text: string): void => {
    turn.current += 1;
    const at = turn.current;
    setRefusal(undefined);
    setDraft(text === value ? undefined : text);
    if (text === value) return;
    const answer = hand(text);
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
    commit: () => {
      if (draft !== undefined && refusal === undefined) put(draft);
    },
    put,
    revert: () => {
      turn.current += 1;
      setDraft(undefined);
      setRefusal(undefined);
    },
  };
}
