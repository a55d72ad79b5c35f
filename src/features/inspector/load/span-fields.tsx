/** Moments of a run, typed in seconds: one, or the beginning and end of a span. */
import type { ReactNode } from 'react';
import { NumberField } from '../../../ui/fields/number-field.tsx';
import { msOf, secOf, spanRefusal, TIME_SEC_MAX } from './load-text.ts';

export interface SecFieldProps {
  readonly label: string;
  readonly ms: number;
  /** Default 0. */
  readonly minSec?: number;
  readonly help?: string;
  /** Answers why it is refused, or nothing. */
  readonly onChange: (ms: number) => string | undefined | void;
}

export function SecField({ label, ms, minSec = 0, help, onChange }: SecFieldProps): ReactNode {
  return <NumberField label={label} unit="s" step={0.5} min={minSec} max={TIME_SEC_MAX} value={secOf(ms)} {...(help === undefined ? {} : { help })} onCommit={(sec) => (sec === undefined ? undefined : onChange(msOf(sec)))} />;
}

interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

export function SpanFields({ span, onChange }: { readonly span: Span; readonly onChange: (span: Span) => void }): ReactNode {
  const take = (wanted: Span, moved: 'from' | 'until'): string | undefined => {
    const refusal = spanRefusal(wanted, moved);
    if (refusal === undefined) onChange(wanted);
    return refusal;
  };
  const { fromMs, untilMs } = span;
  return (
    <>
      <SecField label="From" ms={fromMs} onChange={(next) => take({ fromMs: next, untilMs }, 'from')} />
      <SecField label="To" ms={untilMs} onChange={(next) => take({ fromMs, untilMs: next }, 'until')} />
    </>
  );
}
