/** Words for readers where sighted people have a picture. The class is in base.css. */
import type { ReactNode } from 'react';

export function VisuallyHidden({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className="ui-hidden">{children}</span>;
}
