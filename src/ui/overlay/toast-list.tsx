/** The toasts themselves, by Radix; fetched with the first one. F8 moves the focus here. */
import '../controls/button.css';
import './toast-list.css';
import * as RadixToast from 'radix-ui/toast';
import { useSyncExternalStore, type ReactNode } from 'react';
import { Icon } from '../icons.tsx';
import { currentToasts, dismissToast, subscribeToasts, type ToastEntry } from './toast-store.ts';

export function ToastList(): ReactNode {
  const toasts = useSyncExternalStore(subscribeToasts, currentToasts);
  return (
    <RadixToast.Provider swipeDirection="right" label="Message">
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
      <RadixToast.Viewport className="ui-toasts" label="Messages ({hotkey})" />
    </RadixToast.Provider>
  );
}

function OneToast({ toast }: { readonly toast: ToastEntry }): ReactNode {
  const { id, text, icon, tone = 'now', action, durationMs = action ? 10_000 : 5_000 } = toast;
  return (
    <RadixToast.Root className="ui-toast" duration={durationMs} onOpenChange={(open) => !open && dismissToast(id)} type={action ? 'foreground' : 'background'}>
      {icon && (
        <span className="ui-tone" data-tone={tone}>
          <Icon name={icon} />
        </span>
      )}
      <RadixToast.Description className="ui-toast-text">{text}</RadixToast.Description>
      {action && (
        <RadixToast.Action className="ui-button" data-kind="quiet" data-size="s" altText={action.label} onClick={action.onAction}>
          {action.label}
        </RadixToast.Action>
      )}
      <RadixToast.Close className="ui-button" data-kind="quiet" data-size="s" data-icon-only="" aria-label="Dismiss">
        <Icon name="close" size="s" />
      </RadixToast.Close>
    </RadixToast.Root>
  );
}
