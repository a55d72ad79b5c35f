/** A service's own tab, given what it reads and the calls that it makes. */
import { useMemo } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { useStore } from 'zustand';
import type { ScenarioNode } from '../../sim/manifest.ts';
import { completeNode, environmentOf } from '../../scenario/environment.ts';
import { traceKinds } from '../../services/trace-kinds.ts';
import type { InspectorTabProps, LifeMoment } from '../../services/view-contract.ts';
import { narrate } from '../../state/narrate.ts';
import { lifeOf } from '../../state/trace-index.ts';
import type { InspectorServices } from './inspector-services.ts';

export interface ServiceTabProps {
  readonly services: InspectorServices;
  readonly node: ScenarioNode;
  readonly Tab: ComponentType<InspectorTabProps>;
}

export function ServiceTab({ services, node, Tab }: ServiceTabProps): ReactNode {
  const { run } = services;
  const summary = useStore(run, (state) => state.summaries[state.arns[node.id] ?? '']);
  const nowUs = useStore(run, (state) => state.status.shownUs);
  const doors = useMemo(() => doorsOf(services), [services]);
  return <Tab node={node} summary={summary} nowUs={nowUs} form="near" thumbnail={services.thumbnail} {...doors} />;
}

type Doors = Omit<InspectorTabProps, 'node' | 'summary' | 'nowUs' | 'form' | 'thumbnail'>;

function doorsOf({ scenario, run, view, manifests, call, seek, openBlob }: InspectorServices): Doors {
  const environment = () => environmentOf(scenario.getState().design, manifests);
  return {
    send: call,
    read: call,
    follow: (subject) => view.follow(subject),
    seek,
    openBlob,
    arnOf: (nodeId) => run.getState().arns[nodeId] ?? environment().arnOf(nodeId),
    nodeByArn: (arn) => {
      const { nodes } = scenario.getState().design;
      const at = environment();
      const found =
        nodes.find((node) => at.arnOf(node.id) === arn) ??
        nodes.find((node) => manifests.get(node.service)?.owns?.(node.config, arn) ?? false) ??
        nodes.find((node) => arn.startsWith(`${at.arnOf(node.id)}:`) || arn.startsWith(`${at.arnOf(node.id)}/`));
      return found && completeNode(found, manifests);
    },
    lifeOf: (subject) => {
      const { index, status } = run.getState();
      return lifeOf(index, subject).flatMap((event): LifeMoment[] => {
        const told = narrate(event, traceKinds);
        if (event.at > status.shownUs || (told.level === 'detail' && told.severity === undefined)) return [];
        return [
          { seq: event.seq, atUs: event.at, kind: event.kind, sentence: told.sentence, ...(told.severity === undefined ? {} : { severity: told.severity }) },
        ];
      });
    },
  };
}
