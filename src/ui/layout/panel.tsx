/** Parts of a side panel: its head with glyph, name and close, and its sections. */
import './panel.css';
import { IconButton } from '../controls/icon-button.tsx';
import type { ReactNode } from 'react';

export interface PanelHeadProps {
  readonly title: ReactNode;
  /** What it is: 'Dead-letter queue of jobs'. */
  readonly subtitle?: ReactNode;
  /** A `Glyph`. */
  readonly glyph?: ReactNode;
  readonly actions?: ReactNode;
  readonly onClose?: () => void;
  readonly closeLabel?: string;
}

export function PanelHead({ title, subtitle, glyph, actions, onClose, closeLabel = 'Close' }: PanelHeadProps): ReactNode {
  return (
    <header className="ui-panel-head">
      {glyph}
      <div className="ui-grow">
        <h2 className="ui-clip">{title}</h2>
        {subtitle !== undefined && <small className="ui-clip">{subtitle}</small>}
      </div>
      {actions}
      {onClose && <IconButton icon="close" label={closeLabel} iconSize="s" onClick={onClose} />}
    </header>
  );
}

export interface PanelSectionProps {
  readonly title?: ReactNode;
  /** At the right end of the title. */
  readonly end?: ReactNode;
  readonly children: ReactNode;
}

export function PanelSection({ title, end, children }: PanelSectionProps): ReactNode {
  return (
    <section className="ui-panel-section">
      {title !== undefined && (
        <h3>
          {title}
          {end !== undefined && <span className="ui-panel-end">{end}</span>}
        </h3>
      )}
      {children}
    </section>
  );
}
