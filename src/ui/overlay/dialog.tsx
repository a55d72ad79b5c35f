/** A modal question or form. Lessons and panels are never dialogs. */
import './dialog.css';
import * as RadixDialog from 'radix-ui/dialog';
import { cx } from '../cx.ts';
import { IconButton } from '../controls/icon-button.tsx';
import type { ReactNode } from 'react';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  /** One or two sentences below the title. */
  readonly description?: ReactNode;
  /** Buttons at the foot, the main one last. */
  readonly actions?: ReactNode;
  /** px, default 440. */
  readonly width?: number;
  /** Title only spoken and no padding: for a search box and the like. */
  readonly bare?: boolean;
  readonly className?: string;
  readonly children?: ReactNode;
}

export function Dialog({ open, onOpenChange, title, description, actions, width = 440, bare = false, className, children }: DialogProps): ReactNode {
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="ui-dialog-veil" />
        <RadixDialog.Content
          className={cx('ui-dialog', className)}
          data-bare={bare || undefined}
          style={{ width: `min(${width}px, calc(100vw - 24px))` }}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className={bare ? 'ui-hidden' : 'ui-dialog-head'}>
            <RadixDialog.Title className="ui-dialog-title">{title}</RadixDialog.Title>
            {!bare && <IconButton icon="close" label="Close" size="s" onClick={() => onOpenChange(false)} />}
          </header>
          {description !== undefined && <RadixDialog.Description className="ui-dialog-text">{description}</RadixDialog.Description>}
          {children}
          {actions !== undefined && <footer className="ui-dialog-foot">{actions}</footer>}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
