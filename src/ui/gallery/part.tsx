/** One part of the gallery with its caption. */
import type { ReactNode } from 'react';

export function Part({ title, wide = false, children }: { readonly title: string; readonly wide?: boolean; readonly children: ReactNode }): ReactNode {
  return (
    <div className={wide ? 'gallery-part gallery-wide' : 'gallery-part'}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
