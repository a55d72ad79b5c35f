/** One card on the canvas: the frame with the service's own body in it, read from the newest summary. */
import { Handle, Position, useStore as useFlow } from 'reactflow';
import type { Node, NodeProps } from 'reactflow';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { ScenarioNode } from '../../sim/manifest.ts';
import { NodeFrame, portLook } from '../../ui/scene/node-frame.tsx';
import type { NodeForm } from '../../ui/scene/node-frame.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { useCanvas } from './canvas-context.tsx';
import { NameEditor } from './name-editor.tsx';

export type CardFlowNode = Node<
  {
    readonly node: ScenarioNode;
    readonly dimmed: boolean;
    readonly problem: string | null;
    readonly loaded: boolean;
    readonly faulty: boolean;
    readonly renaming: boolean;
    readonly used: string /** On a phone. */;
    readonly rowWidth: number | null;
  },
  'card'
>;

/** Zoom below and above which a card changes its form. */
const FAR_BELOW = 0.65;
const NEAR_ABOVE = 1.3;

export function formAt(zoom: number): Exclude<NodeForm, 'row'> {
  return zoom < FAR_BELOW ? 'far' : zoom > NEAR_ABOVE ? 'near' : 'mid';
}

const LOADED = { icon: 'load', text: 'Load comes here by itself' } as const;
const FAULTY = { icon: 'fault', text: 'Faults strike here' } as const;

const SIDES = [
  { id: 'left', position: Position.Left },
  { id: 'right', position: Position.Right },
  { id: 'top', position: Position.Top },
  { id: 'bottom', position: Position.Bottom },
] as const;

export const CardNode = memo(function CardNode({ data, selected }: NodeProps<CardFlowNode>): ReactNode {
  const { node, dimmed, problem, loaded, faulty, renaming, used, rowWidth } = data;
  const { run, manifests, views, thumbnail } = useCanvas();
  const form = useFlow((flow) => formAt(flow.transform[2]));
  const manifest = manifests.get(node.service);
  const view = views.get(node.service);
  const summary = useStore(run, (state) => state.summaries[state.arns[node.id] ?? '']);
  // A card that shows no time is drawn anew only when its summary changes.
  const ticks = (form !== 'far' || view?.keepsBody) && view?.showsTime?.(summary);
  useStore(run, (state) => (ticks ? state.status.shownUs : 0));
  const nowUs = run.getState().status.shownUs;
  const name = String(node.config['name'] ?? node.id);
  const marks = [...(loaded ? [LOADED] : []), ...(faulty ? [FAULTY] : [])];
  const head = view?.head?.(node, summary);
  return (
    <NodeFrame
      name={name}
      type={head?.type ?? manifest?.title ?? node.service}
      icon={(head?.icon ?? manifest?.icon ?? 'help') as IconName}
      tone={head?.tone ?? manifest?.family ?? 'plain'}
      form={rowWidth === null ? form : 'row'}
      keepBody={view?.keepsBody ?? false}
      {...(rowWidth !== null ? { width: rowWidth } : view === undefined ? {} : { width: view.width })}
      fact={head?.fact}
      selected={selected ?? false}
      dimmed={dimmed}
      failing={problem !== null}
      marks={marks}
      {...(problem === null ? {} : { alert: { icon: 'warn', tone: 'bad', text: problem } })}
      {...(renaming ? { nameSlot: <NameEditor nodeId={node.id} name={name} /> } : {})}
      ports={
        <>
          {/* Only referred to, as the card's name. Beside the ports, because the far form leaves the body out. */}
          <span hidden id={`card-name-${node.id}`}>
            {view ? view.describe(node, summary) : name}
            {marks.map(({ text }) => `. ${text}`)}
            {problem === null ? '' : `. ${problem}`}
          </span>
          {SIDES.map(({ id, position }) => (
            <Handle
              key={id}
              id={id}
              type="source"
              position={position}
              {...portLook(id)}
              data-used={used.includes(id) || undefined}
              isConnectable
              aria-hidden="true"
            />
          ))}
        </>
      }
    >
      {view && <view.Card node={node} summary={summary} nowUs={nowUs} form={form} thumbnail={thumbnail} />}
    </NodeFrame>
  );
});
