/** The look of everything that lies above the canvas: a raised card with a head and a close button. Where it lies is its owner's business. */
import './pop-card.css';
import { cx } from '../cx.ts';
import { IconButton } from '../controls/icon-button.tsx';
import type { ComponentProps, ReactNode } from 'react';

export interface PopCardProps extends Omit<ComponentProps<'section'>, 'title'> {
  /** Its name for readers; shown as the head unless `head` is given. */
  readonly label: string;
  /** Replaces the shown head: a shape, an id, a fact. */
  readonly head?: ReactNode;
  readonly onClose?: () => void;
  /** Name of the close button, default 'Close'. */
  readonly closeLabel?: string;
  /** A beak on the left edge, pointing at what it talks about. */
  readonly beak?: boolean;
}

export function PopCard({ label, head, onClose, closeLabel = 'Close', beak = false, className, children, ...rest }: PopCardProps): ReactNode {
  return (
    <section {...rest} className={cx('ui-pop', className)} data-beak={beak || undefined} aria-label={label}>
      <header className="ui-pop-head">
        {head ?? <h3 className="ui-label">{label}</h3>}
        <span className="ui-grow" />
        {onClose && <IconButton icon="close" label={closeLabel} size="s" onClick={onClose} />}
      </header>
      {children}
    </section>
  );
}
