/** One connection on the canvas: its line by style, its words above the line, its arrow. */
import { BaseEdge, getSmoothStepPath, Position, useStore as useFlow } from 'reactflow';
import type { Edge, EdgeProps } from 'reactflow';
import { memo, useMemo } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { ScenarioEdge } from '../../sim/manifest.ts';
import { bentPath } from './geometry.ts';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';

export interface WireData extends Record<string, unknown> {
  readonly edge: ScenarioEdge;
  readonly label: string;
  readonly icon: string;
  readonly style: 'push' | 'poll' | 'dead-letter' | 'destination';
  readonly shape: string;
  readonly followed: boolean;
  readonly dimmed: boolean;
  /** How far a straight edge bends aside of another between the same two cards, px. */
  readonly bendPx: number;
  /** Height at which an edge between rows runs across; null: in the middle. */
  readonly acrossY: number | null;
  /** How far it leaves its card before it turns, px. */
  readonly offset: number;
  readonly refused: string | null;
  /** Refused because its permission was taken away. */
  readonly denied: boolean;
}
export type WireFlowEdge = Edge<WireData, 'wire'>;

/** Words of edges go below this zoom; the glyph stays. */
const WORDS_FROM = 0.8;
/** Words need this much of a straight line. */
const WORDS_LENGTH_MIN = 96;

export const WireEdge = memo(function WireEdge(props: EdgeProps<WireFlowEdge>): ReactNode {
  const { id, data, selected, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props;
  const zoom = useFlow((flow) => flow.transform[2]);
  if (!data) return null;
  const [path, labelX, labelY] = pathOf(props, data);
  const upright = sourcePosition === Position.Bottom || sourcePosition === Position.Top;
  // The words stand on the middle piece: beside it where it runs up or down.
  const vertical = upright ? Math.abs(targetX - sourceX) < 8 : Math.abs(targetY - sourceY) > 24;
  const straight = Math.max(Math.abs(targetX - sourceX), vertical ? 1_000 : 0);
  const words = zoom >= WORDS_FROM && straight >= WORDS_LENGTH_MIN;
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={20}
        className={cx('canvas-wire', selected ? 'is-selected' : undefined)}
        data-style={data.style}
        data-shape={data.shape}
        data-followed={data.followed || undefined}
        data-dimmed={data.dimmed || undefined}
        data-refused={data.refused === null ? undefined : ''}
        data-wire={id}
      />
      <path
        className="canvas-arrow"
        d={arrowAt(targetX, targetY, targetPosition)}
        data-style={data.style}
        data-shape={data.shape}
        data-followed={data.followed || undefined}
        data-dimmed={data.dimmed || undefined}
      />
      <LabelPlace>
        <div
          className="canvas-wire-label"
          data-selected={selected || undefined}
          data-dimmed={data.dimmed || undefined}
          data-side={vertical ? 'right' : 'above'}
          style={{ left: labelX, top: labelY }}
        >
          <span>
            <Icon name={data.icon as IconName} size="s" />
            {words && data.label}
            {data.refused !== null && <Icon name={data.denied ? 'lock' : 'warn'} size="s" title={data.refused} />}
          </span>
        </div>
      </LabelPlace>
    </>
  );
});

/** Where React Flow wants the words of edges. Its own EdgeLabelRenderer looks for the place at every change of its store, once an edge. */
function LabelPlace({ children }: { readonly children: ReactNode }): ReactNode {
  const canvas = useFlow((flow) => flow.domNode);
  const place = useMemo(() => canvas?.querySelector('.react-flow__edgelabel-renderer') ?? null, [canvas]);
  return place && createPortal(children, place);
}

/** The line, and where its words stand. */
function pathOf({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition }: EdgeProps<WireFlowEdge>, data: WireData): readonly [string, number, number] {
  if (data.bendPx !== 0) {
    const along = sourcePosition === Position.Left || sourcePosition === Position.Right ? 'x' : 'y';
    const { path, middle } = bentPath({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, data.bendPx, along);
    return [path, middle.x, middle.y];
  }
  const [path, x, y] = getSmoothStepPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
    borderRadius: 12,
    offset: data.offset,
    ...(data.acrossY === null ? {} : { centerY: data.acrossY }),
  });
  return [path, x, y];
}

/** An open arrow head that stands just before the port. */
function arrowAt(x: number, y: number, side: Position): string {
  const gap = 7;
  const size = 5;
  if (side === Position.Left) return `M${x - gap - size} ${y - size}l${size} ${size}l${-size} ${size}`;
  if (side === Position.Right) return `M${x + gap + size} ${y - size}l${-size} ${size}l${size} ${size}`;
  if (side === Position.Top) return `M${x - size} ${y - gap - size}l${size} ${size}l${size} ${-size}`;
  return `M${x - size} ${y + gap + size}l${size} ${-size}l${size} ${size}`;
}
