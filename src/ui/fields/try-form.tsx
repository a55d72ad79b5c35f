/** A text that is sent off to see what comes back: a test event, a message. Says whether JSON is sound before it goes, and shows the answer or the failure. */
import './try-form.css';
import { useState, type ReactNode } from 'react';
import { Button } from '../controls/button.tsx';
import { useAction } from '../controls/use-action.ts';
import { Note } from '../feedback/note.tsx';
import type { IconName } from '../icons.tsx';
import { jsonRefusal } from './json-refusal.ts';
import { TextField } from './text-field.tsx';

export interface TryFormProps {
  readonly label: string;
  readonly help?: ReactNode;
  /** What stands in the box at first. */
  readonly start: string;
  readonly rows?: number;
  /** 'Send to jobs'. */
  readonly action: string;
  readonly icon?: IconName;
  /** Refuses text that is no JSON. */
  readonly json?: boolean;
  /** More fields, above the button. */
  readonly children?: ReactNode;
  /** Answers what is to be shown; a rejection is shown as the failure. */
  readonly onSend: (text: string) => Promise<ReactNode>;
}

export function TryForm({ label, help, start, rows = 8, action, icon = 'play', json = false, children, onSend }: TryFormProps): ReactNode {
  const [text, setText] = useState(start);
  const [answer, setAnswer] = useState<ReactNode>();
  const [refusal, setRefusal] = useState<string>();
  const { busy, failure, run } = useAction();
  const change = (next: string): void => {
    setText(next);
    setRefusal(undefined);
  };
  const send = (): void => {
    const wrong = json ? jsonRefusal(text) : undefined;
    setRefusal(wrong);
    if (wrong !== undefined) return;
    setAnswer(undefined);
    run(async () => setAnswer(await onSend(text)));
  };
  return (
    <div>
      <TextField label={label} help={help} error={refusal} value={text} rows={rows} code onDraft={change} onCommit={change} />
      {children}
      <Button icon={icon} iconSize="s" disabled={busy} onClick={send}>
        {busy ? 'Under way' : action}
      </Button>
      <div className="ui-answer" aria-live="polite">
        {failure !== undefined && <Note tone="bad">{failure}</Note>}
        {answer}
      </div>
    </div>
  );
}
