/** A modal question or form. Lessons and panels are never dialogs. */
import './dialog.css';
import * as RadixDialog from 'radix-ui/dialog';
import { cx } from '../cx.ts';
import { IconButton } from '../controls/icon-button.tsx';
import { useRef, type ReactNode } from 'react';

/** Where the focus begins: a field if there is one, else the dialog itself, so that its title is read and nothing is pressed by accident. */
function firstStop(dialog: EventTarget | null): HTMLElement | null {
  if (!(dialog instanceof HTMLElement)) return null;
  return dialog.querySelector<HTMLElement>('[data-autofocus], input, textarea') ?? dialog;
}

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
  // Dialogs open by state, not by a Radix trigger, so where the focus came from is noted here.
  const cameFrom = useRef<Element>(null);
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="ui-dialog-veil" />
        <RadixDialog.Content
          className={cx('ui-dialog', className)}
          data-bare={bare || undefined}
          onOpenAutoFocus={(event) => {
            cameFrom.current = document.activeElement;
            event.preventDefault();
            firstStop(event.currentTarget)?.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
          }}
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
