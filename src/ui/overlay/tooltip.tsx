/** A short name that appears on hover and focus; never the only place where something is said. One layer serves the whole page: an element only carries what it wants said. */
import './tooltip.css';
import { cloneElement, useEffect, useId, useLayoutEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { Kbd } from '../controls/kbd.tsx';
import { placeBeside, type Side } from './place-beside.ts';

export type { Side } from './place-beside.ts';

/** What an element carries to have a tooltip. */
export interface TipAttributes {
  readonly 'data-tip': string;
  readonly 'data-tip-key': string | undefined;
  readonly 'data-tip-side': Side | undefined;
}

/** Attributes that give an element a tooltip: text, the key that does the same, and the side (default `bottom`). */
export function tip(text: string, shortcut?: string, side?: Side): TipAttributes {
  return { 'data-tip': text, 'data-tip-key': shortcut, 'data-tip-side': side };
}

export interface TooltipProps {
  readonly text: string;
  readonly shortcut?: string | undefined;
  /** Default `bottom`. */
  readonly side?: Side | undefined;
  /** One focusable element that passes its attributes on. */
  readonly children: ReactElement<Partial<TipAttributes>>;
}

export function Tooltip({ text, shortcut, side, children }: TooltipProps): ReactNode {
  return cloneElement(children, tip(text, shortcut, side));
}

/** Wait before the first tooltip; a next one within `warmMs` of it comes at once. */
const waitMs = 500;
const warmMs = 300;
/** The pointer has this long to cross from the element to its tooltip. */
const graceMs = 120;

/** Put once into the app. */
export function TooltipLayer(): ReactNode {
  const [target, setTarget] = useState<HTMLElement>();
  const element = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => listen(setTarget, () => element.current), []);

  useLayoutEffect(() => {
    const shown = element.current;
    if (!target || !shown) return undefined;
    const at = placeBeside(target.getBoundingClientRect(), { width: shown.offsetWidth, height: shown.offsetHeight }, sideOf(target), {
      width: innerWidth,
      height: innerHeight,
    });
    shown.style.left = `${at.x}px`;
    shown.style.top = `${at.y}px`;
    // A name that only repeats the element's own is not said twice.
    if (target.getAttribute('aria-label') === target.dataset['tip'] || target.hasAttribute('aria-describedby')) return undefined;
    target.setAttribute('aria-describedby', id);
    return () => target.removeAttribute('aria-describedby');
  }, [target, id]);

  const text = target?.dataset['tip'];
  if (!target || !text) return null;
  const shortcut = target.dataset['tipKey'];
  return (
    <div key={text} ref={element} id={id} className="ui-tooltip" role="tooltip">
      {text}
      {shortcut && <Kbd>{shortcut}</Kbd>}
    </div>
  );
}

function sideOf(target: HTMLElement): Side {
  const side = target.dataset['tipSide'];
  return side === 'top' || side === 'left' || side === 'right' ? side : 'bottom';
}

/** Watches the page for elements that want a tooltip; answers how to stop. */
function listen(show: (target: HTMLElement | undefined) => void, layer: () => HTMLElement | null): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: HTMLElement | undefined;
  let closedMs = -Infinity;

  const become = (next: HTMLElement | undefined): void => {
    if (current && !next) closedMs = performance.now();
    current = next;
    show(next);
  };
  const after = (ms: number, next: HTMLElement | undefined): void => {
    clearTimeout(timer);
    if (ms === 0) become(next);
    else timer = setTimeout(() => become(next), ms);
  };
  const wanting = (event: Event): HTMLElement | undefined =>
    (event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : null) ?? undefined;

  const onOver = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return;
    if (event.target instanceof Node && layer()?.contains(event.target)) {
      clearTimeout(timer);
      return;
    }
    const next = wanting(event);
    if (next === current) clearTimeout(timer);
    else if (next) after(current || performance.now() - closedMs < warmMs ? 0 : waitMs, next);
    else if (current) after(graceMs, undefined);
    else clearTimeout(timer);
  };
  const onFocusIn = (event: FocusEvent): void => {
    const next = wanting(event);
    if (next?.matches(':focus-visible')) after(0, next);
  };
  const close = (): void => {
    clearTimeout(timer);
    if (current) become(undefined);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close();
  };
  document.addEventListener('pointerover', onOver);
  document.addEventListener('focusin', onFocusIn);
  document.addEventListener('focusout', close);
  document.addEventListener('pointerdown', close);
  document.addEventListener('keydown', onKeyDown);
  document.addEventListener('scroll', close, true);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('pointerover', onOver);
    document.removeEventListener('focusin', onFocusIn);
    document.removeEventListener('focusout', close);
    document.removeEventListener('pointerdown', close);
    document.removeEventListener('keydown', onKeyDown);
    document.removeEventListener('scroll', close, true);
  };
}
