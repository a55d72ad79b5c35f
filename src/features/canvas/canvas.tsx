/** The canvas: React Flow over the scenario, with palette drops, file drops, connections, selection and the token overlay. */
import 'reactflow/dist/base.css';
import './canvas.css';
import {
  Background,
  BackgroundVariant,
  ConnectionMode,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStore as useFlow,
  ViewportPortal,
} from 'reactflow';
import type { EdgeChange, NodeChange, OnConnectEnd } from 'reactflow';
import { useMemo, useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { ArnMap } from './arn-map.ts';
import { CardNode } from './card-node.tsx';
import type { CardFlowNode } from './card-node.tsx';
import { CanvasProvider } from './canvas-context.tsx';
import type { CanvasServices } from './canvas-context.tsx';
import { Drawings } from './drawings.tsx';
import { flowEdges, flowNodes } from './flow-model.ts';
import { snap } from './geometry.ts';
import { TokenOverlay } from './token-overlay.tsx';
import { WireEdge } from './wire-edge.tsx';
import type { WireFlowEdge } from './wire-edge.tsx';
import { useKeptFit } from './use-kept-fit.ts';
import { fitWithin, ZoomBar } from './zoom-bar.tsx';
import { useStable } from '../../ui/use-stable.ts';
import { lifeOf } from '../../state/trace-index.ts';

const NODE_TYPES = { card: CardNode };
const EDGE_TYPES = { wire: WireEdge };
const MAP_SIZE = { width: 144, height: 92 };
const MULTI_SELECT = ['Meta', 'Control', 'Shift'];
const SNAP_GRID: [number, number] = [8, 8];
const NO_ATTRIBUTION = { hideAttribution: true };
/** Data type of a palette drag: `service` or `service#variant`. */
export const PALETTE_DRAG_TYPE = 'application/x-coldstart-service';

export interface CanvasProps extends CanvasServices {
  readonly minimap: boolean;
  /** Cards in one column, in the order of the flow. */
  readonly phone?: boolean;
  /** What lies among the cards, in canvas coordinates. */
  readonly scene?: ReactNode;
  /** Kept free at the foot when the whole is shown, px. */
  readonly footPx?: number;
  /** Words over the canvas: first steps, empty state, banners. */
  readonly children?: ReactNode;
}

export function Canvas({ minimap, phone = false, scene, footPx = 0, children, ...services }: CanvasProps): ReactNode {
  return (
    <ReactFlowProvider>
      <CanvasProvider value={services}>
        <CanvasInner services={services} minimap={minimap} phone={phone} scene={scene} footPx={footPx}>
          {children}
        </CanvasInner>
      </CanvasProvider>
    </ReactFlowProvider>
  );
}

interface InnerProps {
  readonly services: CanvasServices;
  readonly minimap: boolean;
  readonly phone: boolean;
  readonly scene: ReactNode;
  readonly footPx: number;
  readonly children: ReactNode;
}

function CanvasInner({ services, minimap, phone, scene, footPx, children }: InnerProps): ReactNode {
  const { nodes, edges, scripted, manifests, views, run, view, actions } = services;
  const flow = useReactFlow();
  const [dragged, setDragged] = useState<ReadonlyMap<string, { x: number; y: number }>>(new Map());
  const [measured, setMeasured] = useState<ReadonlyMap<string, { width: number; height: number }>>(new Map());
  const selection = useStore(
    view,
    useShallow((state) => ({ nodes: state.selectedNodes, edges: state.selectedEdges, followed: state.followed, renaming: state.renaming })),
  );
  const problems = useStore(run, (state) => state.problems);
  const traceLength = useStore(run, (state) => (selection.followed === null ? 0 : state.traceLength));
  const pane = useRef<HTMLDivElement>(null);
  const width = useFlow((state) => state.width);
  const columnWidth = phone ? Math.max(280, width) : null;
  const fit = useMemo(() => fitWithin(footPx), [footPx]);
  const { moved, fitAgain } = useKeptFit(pane, nodes, phone ? null : fit, selection.nodes[0]);

  const followedNodes = useMemo(() => {
    if (selection.followed === null) return null;
    const state = run.getState();
    const map = new ArnMap(nodes, edges, state.arns, manifests);
    const found = new Set<string>();
    for (const event of lifeOf(state.index, selection.followed)) {
      for (const arn of [event.resource, event.travel?.from, event.travel?.to]) {
        const id = arn === undefined ? undefined : map.nodeOf(arn);
        if (id !== undefined) found.add(id);
      }
    }
    return found;
    // traceLength: the life grows with the trace
  }, [selection.followed, nodes, edges, manifests, run, traceLength]);

  const input = useMemo(
    () => ({
      nodes,
      edges,
      manifests,
      views,
      dragged,
      measured,
      selectedNodes: selection.nodes,
      selectedEdges: selection.edges,
      followedNodes,
      problems: new Map(
        problems.flatMap((problem) => ((problem.nodeId ?? problem.edgeId) ? [[(problem.edgeId ?? problem.nodeId)!, problem.sentence] as const] : [])),
      ),
      scripted,
      renaming: selection.renaming,
      columnWidth,
    }),
    [nodes, edges, scripted, manifests, views, dragged, measured, selection, followedNodes, problems, columnWidth],
  );
  const rfNodes = useMemo(() => flowNodes(input), [input]);
  const rfEdges = useMemo(() => flowEdges(input), [input]);

  const onNodesChange = useStable((changes: readonly NodeChange<CardFlowNode>[]): void => {
    const moved = new Map(dragged);
    const sized = new Map(measured);
    let dropped = false;
    let selected: Set<string> | null = null;
    for (const change of changes) {
      if (change.type === 'dimensions' && change.dimensions) sized.set(change.id, change.dimensions);
      if (change.type === 'position' && change.position) {
        moved.set(change.id, change.position);
        dropped ||= change.dragging === false;
      }
      if (change.type === 'select') {
        selected ??= new Set(view.getState().selectedNodes);
        if (change.selected) selected.add(change.id);
        else selected.delete(change.id);
      }
    }
    if (sized.size !== measured.size || [...sized].some(([id, size]) => measured.get(id) !== size)) setMeasured(sized);
    if (selected) view.select([...selected], view.getState().selectedEdges);
    if (dropped) {
      setDragged(new Map());
      actions.moveNodes([...moved].map(([id, position]) => ({ id, x: snap(position.x), y: snap(position.y) })));
    } else if (moved.size > 0) setDragged(moved);
  });
  const onEdgesChange = useStable((changes: readonly EdgeChange<WireFlowEdge>[]): void => {
    const selected = new Set(view.getState().selectedEdges);
    for (const change of changes) {
      if (change.type !== 'select') continue;
      if (change.selected) selected.add(change.id);
      else selected.delete(change.id);
    }
    view.select(view.getState().selectedNodes, [...selected]);
  });
  const onConnectEnd = useStable<Parameters<OnConnectEnd>, void>((event, state) => {
    const from = state.fromNode?.id;
    const touch = 'changedTouches' in event ? event.changedTouches[0]! : event;
    const card = document.elementFromPoint(touch.clientX, touch.clientY)?.closest<HTMLElement>('.react-flow__node');
    const to = state.toNode?.id ?? card?.dataset['id'];
    if (from !== undefined && to !== undefined && from !== to) actions.connect(from, to, { x: touch.clientX, y: touch.clientY });
  });
  const onMoveStart = useStable((event: MouseEvent | TouchEvent | null) => event !== null && moved());

  const onDrop = (event: DragEvent): void => {
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const service = event.dataTransfer.getData(PALETTE_DRAG_TYPE);
    if (service !== '') {
      event.preventDefault();
      const [id, variant] = service.split('#');
      actions.addNode(id!, variant === undefined ? null : Number(variant), { x: snap(at.x - 80), y: snap(at.y - 24) });
    } else if (event.dataTransfer.files.length > 0) {
      event.preventDefault();
      const card = (event.target as Element).closest<HTMLElement>('.react-flow__node');
      actions.dropFiles([...event.dataTransfer.files], card?.dataset['id'] ?? null);
    }
    pane.current?.removeAttribute('data-dragging');
  };

  return (
    <div
      ref={pane}
      className="canvas"
      onDragOver={(event) => {
        event.preventDefault();
        pane.current?.setAttribute('data-dragging', event.dataTransfer.types.includes('Files') ? 'files' : 'service');
      }}
      onDragLeave={(event) => {
        if (event.currentTarget === event.target) pane.current?.removeAttribute('data-dragging');
      }}
      onDrop={onDrop}
    >
      <ReactFlow<CardFlowNode, WireFlowEdge>
        nodes={rfNodes}
        edges={rfEdges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onConnectEnd={onConnectEnd}
        onMoveStart={onMoveStart}
        onNodeDoubleClick={(_, node) => view.setState({ renaming: node.id })}
        onNodeContextMenu={(event, node) => {
          event.preventDefault();
          if (!view.getState().selectedNodes.includes(node.id)) view.select([node.id]);
          actions.openContextMenu({ x: event.clientX, y: event.clientY }, node.id);
        }}
        onPaneClick={() => view.select([])}
        connectionMode={ConnectionMode.Loose}
        connectOnClick={false}
        selectionMode={SelectionMode.Partial}
        selectionOnDrag={false}
        multiSelectionKeyCode={MULTI_SELECT}
        selectionKeyCode="Shift"
        deleteKeyCode={null}
        disableKeyboardA11y
        snapToGrid
        snapGrid={SNAP_GRID}
        {...(phone ? { minZoom: 1, maxZoom: 1, panOnScroll: true } : { minZoom: 0.2, maxZoom: 2, fitView: true, fitViewOptions: fit })}
        onNodeClick={() => phone && view.setState({ phoneTab: 'inspect' })}
        proOptions={NO_ATTRIBUTION}
        nodesFocusable
        edgesFocusable
        aria-label="Canvas"
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={2} color="var(--canvas-dot)" />
        {scene !== undefined && <ViewportPortal>{scene}</ViewportPortal>}
        <Drawings />
        <TokenOverlay />
        {minimap && (
          <MiniMap
            className="canvas-minimap"
            style={MAP_SIZE}
            pannable
            zoomable
            ariaLabel="Map of the whole canvas"
            maskColor="transparent"
            maskStrokeColor="var(--now)"
            maskStrokeWidth={1.5}
            nodeBorderRadius={3}
          />
        )}
        {!phone && <ZoomBar fit={fit} onMoved={moved} onFit={fitAgain} view={view} />}
      </ReactFlow>
      {children}
    </div>
  );
}
