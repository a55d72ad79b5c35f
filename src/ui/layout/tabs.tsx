/** A row of tabs with a place at its end, and the panels they choose between. */
import './tabs.css';
import * as RadixTabs from 'radix-ui/tabs';
import { cx } from '../cx.ts';
import type { ReactNode } from 'react';

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

export function Tabs({ label, items, value, onValueChange, end, className, children }: TabsProps): ReactNode {
  return (
    <RadixTabs.Root className={cx('ui-tabs', className)} value={value} onValueChange={onValueChange}>
      <div className="ui-tabs-bar">
        <RadixTabs.List className="ui-tabs-list" aria-label={label}>
          {items.map((item) => (
            <RadixTabs.Trigger key={item.id} className="ui-tab" value={item.id}>
              {item.label}
              {item.note !== undefined && <span className="ui-tab-note ui-num">{item.note}</span>}
            </RadixTabs.Trigger>
          ))}
        </RadixTabs.List>
        {end !== undefined && <div className="ui-tabs-end">{end}</div>}
      </div>
      {children}
    </RadixTabs.Root>
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
  return (
    <RadixTabs.Content className={cx('ui-tab-panel', className)} value={id} {...(keepMounted ? { forceMount: true as const } : {})}>
      {children}
    </RadixTabs.Content>
  );
}
