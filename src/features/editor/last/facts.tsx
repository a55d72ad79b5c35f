/** The numbers of one invocation in a line. */
import type { ReactNode } from 'react';
import { Icon } from '../../../ui/icons.tsx';
import { groupDigits } from '../../../ui/number-text.ts';
import type { InvocationFacts } from './invocation-facts.ts';

const ms = (us: number): string => `${groupDigits(Number((us / 1_000).toFixed(2)))}\u00a0ms`;

export function Facts({ facts }: { readonly facts: InvocationFacts }): ReactNode {
  const { durationUs, billedMs, memoryMb, maxMemoryMb, initUs } = facts;
  return (
    <span className="editor-facts ui-num">
      <span>{ms(durationUs)}</span>
      <span>billed {groupDigits(billedMs)}&nbsp;ms</span>
      <span>
        {groupDigits(maxMemoryMb)} of {groupDigits(memoryMb)}&nbsp;MB
      </span>
      {initUs === null ? (
        <span>warm</span>
      ) : (
        <span data-cold="true">
          <Icon name="snow" size="s" /> cold, init {ms(initUs)}
        </span>
      )}
    </span>
  );
}
