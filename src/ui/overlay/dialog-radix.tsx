/** The dialog itself, by Radix. It is mounted only while it is open. */
import './dialog.css';
import * as RadixDialog from 'radix-ui/dialog';
import { cx } from '../cx.ts';
import { IconButton } from '../controls/icon-button.tsx';
import { useEffect, useState, type ReactNode } from 'react';
import type { DialogProps } from './dialog.tsx';

/** Where the focus begins: a field if there is one, else the dialog itself, so that its title is read and nothing is pressed by accident. */
function firstStop(dialog: EventTarget | null): HTMLElement | null {
  if (!(dialog instanceof HTMLElement)) return null;
  return dialog.querySelector<HTMLElement>('[data-autofocus], input, textarea') ?? dialog;
}

export function RadixDialogBox({ open, onOpenChange, title, description, actions, width = 440, bare = false, className, children }: DialogProps): ReactNode {
  // It opens by state, not by a Radix trigger, and is gone at once when it closes: the focus is handed back here.
  const [cameFrom] = useState(() => document.activeElement);
  useEffect(() => () => (cameFrom instanceof HTMLElement ? cameFrom.focus() : undefined), [cameFrom]);
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="ui-dialog-veil" />
        <RadixDialog.Content
          className={cx('ui-dialog', className)}
          data-bare={bare || undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            firstStop(event.currentTarget)?.focus();
          }}
          onCloseAutoFocus={(event) => event.preventDefault()}
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
