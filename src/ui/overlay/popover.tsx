/** Something small that belongs to a button and opens beside it. */
import './popover.css';
import * as RadixPopover from 'radix-ui/popover';
import { cx } from '../cx.ts';
import type { ReactElement, ReactNode } from 'react';

export interface PopoverProps {
  /** What it holds, for readers. */
  readonly label: string;
  /** One button that passes on its props and ref. */
  readonly trigger: ReactElement;
  /** Give both to steer it from outside. */
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** Default `bottom`. */
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** Default `start`. */
  readonly align?: 'start' | 'center' | 'end';
  /** px, default 316. */
  readonly width?: number;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Popover(props: PopoverProps): ReactNode {
  const { label, trigger, open, onOpenChange, side = 'bottom', align = 'start', width = 316, className, children } = props;
  const steering = { ...(open === undefined ? {} : { open }), ...(onOpenChange === undefined ? {} : { onOpenChange }) };
  return (
    <RadixPopover.Root {...steering}>
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
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}
