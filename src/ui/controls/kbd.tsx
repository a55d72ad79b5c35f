/** A key or chord, as printed on a keyboard: 'Ctrl K'. */
import './kbd.css';
import type { ReactNode } from 'react';

export function Kbd({ children }: { readonly children: ReactNode }): ReactNode {
  return <kbd className="ui-kbd">{children}</kbd>;
}
