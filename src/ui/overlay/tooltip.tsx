/** A short name that appears on hover and focus; never the only place where something is said. */
import './tooltip.css';
import * as RadixTooltip from 'radix-ui/tooltip';
import { Kbd } from '../controls/kbd.tsx';
import type { ReactElement, ReactNode } from 'react';

/** Put once round the whole app: makes neighbouring tooltips open without a wait after the first. */
export function TooltipProvider({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <RadixTooltip.Provider delayDuration={500} skipDelayDuration={250}>
      {children}
    </RadixTooltip.Provider>
  );
}

export interface TooltipProps {
  readonly text: ReactNode;
  readonly shortcut?: string | undefined;
  /** Default `bottom`. */
  readonly side?: 'top' | 'right' | 'bottom' | 'left' | undefined;
  /** One focusable element that passes on its props and ref. */
  readonly children: ReactElement;
}

export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps): ReactNode {
  return (
    <RadixTooltip.Root>
      <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
      <RadixTooltip.Portal>
        <RadixTooltip.Content className="ui-tooltip" side={side} sideOffset={6} collisionPadding={8}>
          {text}
          {shortcut && <Kbd>{shortcut}</Kbd>}
        </RadixTooltip.Content>
      </RadixTooltip.Portal>
    </RadixTooltip.Root>
  );
}
