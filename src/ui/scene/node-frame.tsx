/** The card of one thing on the canvas: head, body slot, ports slot, and the states every card shares. It knows no service. */
import './node-frame.css';
import { cx } from '../cx.ts';
import { Icon, type IconName } from '../icons.tsx';
import type { KindTone, StateTone } from '../tone.ts';
import { Glyph } from './glyph.tsx';
import type { ComponentProps, CSSProperties, ReactElement, ReactNode } from 'react';

/** `far` under 65 % zoom, `mid`, `near` over 130 %, `row` for the phone's column of cards. */
export type NodeForm = 'far' | 'mid' | 'near' | 'row';

/** A condition of the whole card: its glyph stands at the end of the head, its words are the glyph's name. */
export interface NodeAlert {
  readonly icon: IconName;
  readonly tone: StateTone;
  readonly text: string;
}

/** Something that the card has besides: a small quiet glyph after its type. */
export interface NodeMark {
  readonly icon: IconName;
  readonly text: string;
}

export interface NodeFrameProps extends Omit<ComponentProps<'article'>, 'title'> {
  readonly name: string;
  /** What it is, with its most telling fact: 'Lambda, Node 22'. */
  readonly type: string;
  readonly icon: IconName | ReactElement;
  /** `bad` turns the tile red, for a dead-letter queue that is not empty. */
  readonly tone: KindTone | 'bad';
  /** Default `mid`. */
  readonly form?: NodeForm;
  /** One live fact, shown in the far and row forms instead of the body. */
  readonly fact?: ReactNode;
  /** px, a multiple of 8. */
  readonly width?: number;
  /** px; without it the card is as high as its content. Give it in the far form so that edges stay where they are. */
  readonly height?: number;
  readonly selected?: boolean;
  /** Another path is being followed. */
  readonly dimmed?: boolean;
  /** A hint of what is not there yet. */
  readonly ghost?: boolean;
  /** Something is wrong with the card as a whole: its border says so, `alert` says what. */
  readonly failing?: boolean;
  readonly alert?: NodeAlert;
  readonly marks?: readonly NodeMark[];
  /** Keeps the body in the far and row forms (a function keeps its cells). */
  readonly keepBody?: boolean;
  /** The canvas's handles or `Port`s. */
  readonly ports?: ReactNode;
  /** Replaces the name while it is being edited. */
  readonly nameSlot?: ReactNode;
  readonly children?: ReactNode;
}

/** Texts that fit into every form of every card: so many characters of the largest. */
const SURE_TO_FIT = 11;

function isLong(text: ReactNode): '' | undefined {
  return typeof text !== 'string' || text.length > SURE_TO_FIT ? '' : undefined;
}

export function NodeFrame(props: NodeFrameProps): ReactNode {
  const { name, type, icon, tone, form = 'mid', fact, width, height, selected, dimmed, ghost, failing, alert, marks, keepBody = false, ports, nameSlot, ...rest } =
    props;
  const { className, style, children, ...article } = rest;
  const small = form === 'far' || form === 'row';
  const hasBody = (keepBody || !small) && children !== undefined;
  const box: CSSProperties = { ...style, ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
  return (
    <article
      {...article}
      className={cx('ui-node', className)}
      style={box}
      data-form={form}
      data-body={hasBody ? '' : undefined}
      data-selected={selected || undefined}
      data-dimmed={dimmed || undefined}
      data-ghost={ghost || undefined}
      data-failing={failing || undefined}
    >
      <header className="ui-node-head">
        <Glyph icon={icon} tone={tone} />
        <div className="ui-node-names">
          {nameSlot ?? (
            <h3 title={name} data-long={isLong(name)}>
              {name}
            </h3>
          )}
          <small>
            {type}
            {marks?.map((mark) => (
              <span key={mark.icon} title={mark.text}>
                <Icon name={mark.icon} size="s" title={mark.text} />
              </span>
            ))}
          </small>
        </div>
        {fact !== undefined && small && <span className="ui-node-fact ui-num" data-long={isLong(fact)}>
            {fact}
          </span>}
        {alert && (
          <span className="ui-node-alert ui-tone" data-tone={alert.tone} title={alert.text}>
            <Icon name={alert.icon} size="s" title={alert.text} />
          </span>
        )}
      </header>
      {hasBody && <div className="ui-node-body">{children}</div>}
      {ports}
    </article>
  );
}

export type PortSide = 'left' | 'right' | 'top' | 'bottom';

/** Class and data attribute for a port, so that the canvas can put them on its own handles. */
export function portLook(side: PortSide): { readonly className: string; readonly 'data-side': PortSide } {
  return { className: 'ui-port', 'data-side': side };
}

/** A port that is only looked at. `denied` puts a lock on it: the role behind it may not do this. */
export function Port({ side, denied }: { readonly side: PortSide; readonly denied?: string }): ReactNode {
  return (
    <i {...portLook(side)} data-denied={denied === undefined ? undefined : ''} title={denied}>
      {denied !== undefined && <Icon name="lock" size="s" title={denied} />}
    </i>
  );
}
