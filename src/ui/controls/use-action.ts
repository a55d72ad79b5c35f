/** An action that takes time and may fail: whether it is under way, and the sentence of its last failure. */
import { useRef, useState } from 'react';

export interface Action {
  readonly busy: boolean;
  /** What the last try failed with; nothing once a new one starts. */
  readonly failure: string | undefined;
  /** Runs it. One at a time: while busy, nothing happens. */
  readonly run: (work: () => Promise<void>) => void;
}

export function useAction(): Action {
  const [state, setState] = useState<{ readonly busy: boolean; readonly failure?: string }>({ busy: false });
  const busy = useRef(false);
  const run = (work: () => Promise<void>): void => {
    if (busy.current) return;
    busy.current = true;
    setState({ busy: true });
    const end = (failure?: string): void => {
      busy.current = false;
      setState(failure === undefined ? { busy: false } : { busy: false, failure });
    };
    work().then(() => end(), (error: unknown) => end(failureText(error)));
  };
  return { busy: state.busy, failure: state.failure, run };
}

/** 'QueueDoesNotExist: The specified queue does not exist.' A plain Error gives its message alone. */
function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'Error' || error.name === '' ? error.message : `${error.name}: ${error.message}`;
}
