/** Panels that share a row or a column and are resized by their edge. A double click on the edge resets the size; the size is remembered by name. */
import './splitter.css';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import type { ReactNode } from 'react';

export interface SplitterProps {
  /** Name under which the sizes are kept in localStorage. */
  readonly id: string;
  readonly direction: 'horizontal' | 'vertical';
  /** Ids of the panes shown now, in order: sizes are kept for each set of panes. */
  readonly panes: readonly string[];
  readonly className?: string;
  /** `Pane`s and `PaneEdge`s in turn. */
  readonly children: ReactNode;
}

export function Splitter({ id, direction, panes, className, children }: SplitterProps): ReactNode {
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({ id: `coldstart.${id}`, panelIds: [...panes] });
  return (
    <Group id={id} className={className} orientation={direction} defaultLayout={defaultLayout} onLayoutChanged={onLayoutChanged}>
      {children}
    </Group>
  );
}

export interface PaneProps {
  readonly id: string;
  /** px, or a share such as '40%'. A pane without a size takes what is left. */
  readonly size?: number | string;
  readonly min?: number | string;
  readonly max?: number | string;
  /** Keeps its px when the window changes; needs a neighbour that does not. */
  readonly fixed?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Pane({ id, size, min, max, fixed = false, className, children }: PaneProps): ReactNode {
  return (
    <Panel
      id={id}
      className={className}
      defaultSize={size}
      minSize={min}
      maxSize={max}
      groupResizeBehavior={fixed ? 'preserve-pixel-size' : 'preserve-relative-size'}
    >
      {children}
    </Panel>
  );
}

/** The edge between two panes; `label` says what it resizes. */
export function PaneEdge({ label }: { readonly label: string }): ReactNode {
  return <Separator className="ui-edge" aria-label={label} />;
}
