/** The popover itself, by Radix; fetched when the first one is opened, and therefore starts open. */
import './popover.css';
import * as RadixPopover from 'radix-ui/popover';
import { cx } from '../cx.ts';
import { useState, type ReactNode } from 'react';
import type { PopoverProps } from './popover.tsx';

export function RadixPopoverCard({ label, trigger, side = 'bottom', align = 'start', width = 316, className, children }: PopoverProps): ReactNode {
  const [open, setOpen] = useState(true);
  return (
    <RadixPopover.Root open={open} onOpenChange={setOpen}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content
          className={cx('ui-popover', className)}
          style={{ width }}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
        >
          {typeof children === 'function' ? children(() => setOpen(false)) : children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}
