/** Where toasts appear; put once into the app. Raise one with `showToast`. */
import { lazy, Suspense, useSyncExternalStore, type ReactNode } from 'react';
import { currentToasts, subscribeToasts } from './toast-store.ts';

const Loaded = lazy(async () => ({ default: (await import('./toast-list.tsx')).ToastList }));

export function ToastRegion(): ReactNode {
  const any = useSyncExternalStore(subscribeToasts, () => currentToasts().length > 0);
  if (!any) return null;
  return (
    <Suspense fallback={null}>
      <Loaded />
    </Suspense>
  );
}
