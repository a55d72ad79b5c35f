/** A row of tabs with a place at its end, and the panels they choose between. Arrow keys, Home and End move and choose. */
import './tabs.css';
import { createContext, use, useId, type KeyboardEvent, type ReactNode } from 'react';
import { cx } from '../cx.ts';

export interface TabItem {
  readonly id: string;
  readonly label: ReactNode;
  /** A small number or word after the label. */
  readonly note?: ReactNode;
}

export interface TabsProps {
  /** What the row chooses between, for readers. */
  readonly label: string;
  readonly items: readonly TabItem[];
  readonly value: string;
  readonly onValueChange: (id: string) => void;
  /** At the right end of the row: legend, search, buttons. */
  readonly end?: ReactNode;
  readonly className?: string;
  /** `TabPanel`s. */
  readonly children?: ReactNode;
}

const Chosen = createContext<{ readonly base: string; readonly value: string }>({ base: '', value: '' });

/** The tab a key moves to from `at`, or nothing when the key is none of ours. */
export function tabAfter(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowRight') return (at + 1) % count;
  if (key === 'ArrowLeft') return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}

export function Tabs({ label, items, value, onValueChange, end, className, children }: TabsProps): ReactNode {
  const base = useId();
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = items[tabAfter(event.key, items.findIndex((item) => item.id === value), items.length) ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    onValueChange(next.id);
    document.getElementById(`${base}-${next.id}-tab`)?.focus();
  };
  return (
    <Chosen value={{ base, value }}>
      <div className={cx('ui-tabs', className)}>
        <div className="ui-tabs-bar">
          <div className="ui-tabs-list" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
            {items.map((item) => (
              <button
                key={item.id}
                type="button"
                role="tab"
                className="ui-tab"
                id={`${base}-${item.id}-tab`}
                aria-selected={item.id === value}
                aria-controls={item.id === value ? `${base}-${item.id}-panel` : undefined}
                tabIndex={item.id === value ? 0 : -1}
                onClick={() => onValueChange(item.id)}
              >
                {item.label}
                {item.note !== undefined && <span className="ui-tab-note ui-num">{item.note}</span>}
              </button>
            ))}
          </div>
          {end !== undefined && <div className="ui-tabs-end">{end}</div>}
        </div>
        {children}
      </div>
    </Chosen>
  );
}

export interface TabPanelProps {
  readonly id: string;
  /** Stays in the page while another tab is shown (an editor keeps its state). */
  readonly keepMounted?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

export function TabPanel({ id, keepMounted = false, className, children }: TabPanelProps): ReactNode {
  const { base, value } = use(Chosen);
  const shown = id === value;
  if (!shown && !keepMounted) return null;
  return (
    <div className={cx('ui-tab-panel', className)} role="tabpanel" id={`${base}-${id}-panel`} aria-labelledby={`${base}-${id}-tab`} hidden={!shown} tabIndex={0}>
      {children}
    </div>
  );
}
