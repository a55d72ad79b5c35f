/** A long list of which only the rows in sight are drawn. Rows may differ in height. */
import './virtual-list.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { cx } from '../cx.ts';
import { useEffect, useRef, type ReactNode } from 'react';

export interface VirtualListProps<Item> {
  /** What it lists, for readers. */
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item, index: number) => string | number;
  readonly render: (item: Item, index: number) => ReactNode;
  /** Height of a row before it was measured, px; default 24. */
  readonly rowHeight?: number;
  /** Rows drawn beyond the edge; default 12. */
  readonly overscan?: number;
  /** Keeps the end in sight while rows are added, unless one has scrolled up. */
  readonly followEnd?: boolean;
  /** Row to be brought into sight when it changes. */
  readonly reveal?: number | undefined;
  readonly className?: string;
}

/** How near the end counts as being there, px. */
const nearEndPx = 32;

export function VirtualList<Item>(props: VirtualListProps<Item>): ReactNode {
  const { label, items, keyOf, render, rowHeight = 24, overscan = 12, followEnd = false, reveal, className } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyOf(items[index]!, index),
    overscan,
  });
  useEffect(() => {
    if (followEnd && atEnd.current && items.length > 0) rows.scrollToIndex(items.length - 1, { align: 'end' });
  }, [followEnd, items.length, rows]);
  useEffect(() => {
    if (reveal !== undefined && reveal >= 0) rows.scrollToIndex(reveal, { align: 'auto' });
  }, [reveal, rows]);
  const noteEnd = (): void => {
    const element = scroller.current;
    if (element) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPx;
  };
  return (
    <div ref={scroller} className={cx('ui-list', className)} role="list" aria-label={label} tabIndex={0} onScroll={noteEnd}>
      <div role="presentation" style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map((row) => (
          <div
            key={row.key}
            ref={rows.measureElement}
            className="ui-list-row"
            role="listitem"
            aria-setsize={items.length}
            aria-posinset={row.index + 1}
            data-index={row.index}
            style={{ transform: `translateY(${row.start}px)` }}
          >
            {render(items[row.index]!, row.index)}
          </div>
        ))}
      </div>
    </div>
  );
}
