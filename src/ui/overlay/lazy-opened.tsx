/** Keeps what opens out of the first load: only the button is there at once, the rest comes when somebody means to open it. */
import { cloneElement, lazy, Suspense, useState, type ComponentType, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';

/** What the button gets until the real trigger takes its place. */
interface TriggerProps {
  readonly onPointerEnter?: () => void;
  readonly onFocus?: () => void;
  readonly onClick?: () => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly 'aria-haspopup'?: 'menu' | 'dialog';
  readonly 'aria-expanded'?: boolean;
}

export interface Opened {
  /** One button that passes on its props and ref; it names what opens. */
  readonly trigger: ReactElement;
}

/** Wraps a component that opens from `trigger` so that its code is fetched on hover, focus or press; it then starts open. */
export function lazyOpened<Props extends Opened>(load: () => Promise<ComponentType<Props>>, popup: 'menu' | 'dialog'): (props: Props) => ReactNode {
  let fetched: Promise<{ default: ComponentType<Props> }> | undefined;
  const fetchOnce = (): Promise<{ default: ComponentType<Props> }> => (fetched ??= load().then((component) => ({ default: component })));
  const Loaded = lazy(fetchOnce);

  return function LazyOpened(props: Props): ReactNode {
    const [wanted, setWanted] = useState(false);
    const early = (): void => void fetchOnce();
    const trigger = props.trigger as ReactElement<TriggerProps>;
    const waiting = cloneElement(trigger, {
      onPointerEnter: early,
      onFocus: early,
      onClick: () => setWanted(true),
      onKeyDown: (event) => {
        if (popup !== 'menu' || event.key !== 'ArrowDown') return;
        event.preventDefault();
        setWanted(true);
      },
      'aria-haspopup': popup,
      'aria-expanded': false,
    });
    if (!wanted) return waiting;
    return (
      <Suspense fallback={waiting}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}
