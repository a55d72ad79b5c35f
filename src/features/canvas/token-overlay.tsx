/** Tokens on one canvas over the graph: each edge's path is sampled once, each frame is one pass without React. Hidden from readers: narration says it. */
import { useStoreApi } from 'reactflow';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { RunStore } from '../../state/run.store.ts';
import { drawToken } from '../../ui/scene/draw-token.ts';
import { attemptDigit } from '../../ui/scene/token-paths.ts';
import type { TokenKind } from '../../ui/scene/token-paths.ts';
import { computedTone } from '../../ui/tone.ts';
import { useCanvas } from './canvas-context.tsx';
import { ArnMap } from './arn-map.ts';
import { samplePath, pointAt } from './path-samples.ts';
import type { PathSamples } from './path-samples.ts';
import { tokensAt } from './token-windows.ts';

/** Speed that `max` is drawn as. */
const MAX_AS_SPEED = 60;
/** What is not followed (design: follow dims to 34 %). */
const DIMMED = 0.34;

type Colours = Readonly<Record<TokenKind | 'halo' | 'ink', string>>;

/** A canvas knows no CSS variables: colours are read once a theme. */
function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  return {
    object: computedTone(element, 'object'),
    event: computedTone(element, 'event'),
    message: computedTone(element, 'message'),
    invocation: computedTone(element, 'invocation'),
    halo: style.getPropertyValue('--canvas').trim(),
    ink: style.getPropertyValue('--ink').trim(),
  };
}

export function TokenOverlay(): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { run, view, manifests, nodes, edges } = useCanvas();
  const flow = useStoreApi();
  const shown = useRef({ nodes, edges });
  shown.current = { nodes, edges };

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const reduced = window.matchMedia('(prefers-reduced-motion: reduce)');
    const samples = new Map<string, { d: string; points: PathSamples }>();
    /** Samples of lines that have not changed since. */
    const fresh = new Map<string, PathSamples>();
    let colours = coloursOf(element);
    let drawn = '';
    let frame = 0;
    // Made anew only when the design or its ARNs change.
    let known = { ...shown.current, arns: run.getState().arns, map: new ArnMap(shown.current.nodes, shown.current.edges, run.getState().arns, manifests) };
    const repaint = (): void => {
      colours = coloursOf(element);
      drawn = '';
    };
    const theme = new MutationObserver(repaint);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });

    // A line that moved (a card was dragged, or measured) takes its tokens along.
    const lines = new MutationObserver((changes) => {
      if (!changes.some(({ target }) => (target as Element).hasAttribute('data-wire'))) return;
      drawn = '';
      fresh.clear();
    });
    const root = element.closest('.react-flow');
    if (root) lines.observe(root, { subtree: true, attributes: true, attributeFilter: ['d'] });

    const pathOf = (edgeId: string): PathSamples | null => {
      const current = fresh.get(edgeId);
      if (current !== undefined) return current;
      const path = element.ownerDocument.querySelector<SVGPathElement>(`path[data-wire="${CSS.escape(edgeId)}"]`);
      const d = path?.getAttribute('d');
      if (!path || !d) return null;
      const known = samples.get(edgeId);
      const points = known?.d === d ? known.points : samplePath(path);
      samples.set(edgeId, { d, points });
      fresh.set(edgeId, points);
      return points;
    };

    let lastMs = 0;
    const draw = (nowMs: number): void => {
      frame = requestAnimationFrame(draw);
      if (run.newest().playing) run.pace.frame(nowMs - lastMs);
      lastMs = nowMs;
      const [x, y, zoom] = flow.getState().transform;
      const state = run.getState();
      const status = run.newest();
      const followed = view.getState().followed;
      const key = `${x}/${y}/${zoom}/${status.shownUs}/${state.index.events.length}/${followed}/${element.clientWidth}x${element.clientHeight}/${shown.current.edges.length}`;
      if (key === drawn) return;
      drawn = key;
      fit(element, context);
      context.clearRect(0, 0, element.clientWidth, element.clientHeight);
      const { nodes, edges } = shown.current;
      if (known.nodes !== nodes || known.edges !== edges || known.arns !== state.arns) {
        known = { nodes, edges, arns: state.arns, map: new ArnMap(nodes, edges, state.arns, manifests) };
        fresh.clear();
      }
      for (const token of visibleTokens(run, reduced.matches)) {
        const edge = known.map.edgeOf(token.from, token.to, token.shape);
        const points = edge && pathOf(edge.id);
        if (!points) continue;
        const at = pointAt(points, token.progress);
        drawToken(context, {
          shape: token.shape,
          x: at.x * zoom + x,
          y: at.y * zoom + y,
          angle: at.angle,
          digit: token.count > 1 ? undefined : attemptDigit(token.shape, token.attempt),
          color: colours[token.shape],
          halo: colours.halo,
          ink: colours.ink,
          count: token.count,
          scale: Math.max(0.7, Math.min(1.25, zoom)),
          opacity: followed !== null && !token.subjects.includes(followed) ? DIMMED : 1,
        });
      }
    };
    frame = requestAnimationFrame(draw);
    return () => {
      cancelAnimationFrame(frame);
      theme.disconnect();
      lines.disconnect();
    };
  }, [flow, manifests, run, view]);

  return <canvas ref={canvas} className="canvas-tokens" aria-hidden="true" />;
}

function visibleTokens(run: RunStore, still: boolean): ReturnType<typeof tokensAt> {
  const { index } = run.getState();
  const status = run.newest();
  const speed = status.speed === 'max' ? MAX_AS_SPEED : status.speed;
  return tokensAt(index.events, { count: index.countUntil(status.shownUs), nowUs: status.shownUs, speed, still });
}

/** Keeps the backing store at the size of the element in device pixels. */
function fit(element: HTMLCanvasElement, context: CanvasRenderingContext2D): void {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round(element.clientWidth * ratio);
  const height = Math.round(element.clientHeight * ratio);
  if (element.width !== width || element.height !== height) {
    element.width = width;
    element.height = height;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}
