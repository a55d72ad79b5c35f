/** The AWS CLI lines of the last change of a node or connection, or of its making, folded away. */
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { CopyButton } from '../../ui/controls/copy-button.tsx';
import { CodeBlock } from '../../ui/layout/code-block.tsx';
import { PanelSection } from '../../ui/layout/panel.tsx';
import { deploySteps, editSteps } from '../../scenario/deploy.ts';
import type { DeployStep } from '../../scenario/deploy.ts';
import { DEFAULT_PLACE } from '../../scenario/environment.ts';
import { cliLines } from './cli-lines.ts';
import type { InspectorServices } from './inspector-services.ts';

export function CliDetails({
  services,
  nodeId,
  edgeId,
}: {
  readonly services: InspectorServices;
  readonly nodeId?: string;
  readonly edgeId?: string;
}): ReactNode {
  const { scenario, manifests } = services;
  const past = useStore(scenario, (state) => state.past);
  const design = useStore(scenario, (state) => state.design);
  const shown = useMemo(() => {
    const own = (step: DeployStep): boolean =>
      manifests.get(step.call.service)?.family !== 'client' && (nodeId === undefined ? step.edgeId === edgeId : step.nodeId === nodeId);
    for (const step of past.toReversed()) {
      const steps = editSteps(step.before, step.after, manifests, DEFAULT_PLACE).filter(own);
      if (steps.length > 0) return { title: `AWS CLI: ${step.label}`, steps };
    }
    return { title: 'AWS CLI: how to make it', steps: deploySteps(design, manifests, DEFAULT_PLACE).filter(own) };
  }, [past, design, manifests, nodeId, edgeId]);
  if (shown.steps.length === 0) return null;
  const blocks = shown.steps.map(({ call }) => cliLines(call, manifests));
  return (
    <PanelSection>
      <details className="inspector-details">
        <summary>{shown.title}</summary>
        <div className="cli">
          <CopyButton text={blocks.map((lines) => lines.join('\n')).join('\n')} label="Copy the commands" />
          {blocks.map((lines, i) => (
            <CodeBlock key={i} label={lines[0]!} lines={lines} />
          ))}
        </div>
      </details>
    </PanelSection>
  );
}
