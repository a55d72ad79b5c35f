/** One connection in full: its ends, its settings, its permission, and a way to remove it. */
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/controls/button.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { iconNamed } from '../../ui/icons.tsx';
import { PanelHead, PanelSection } from '../../ui/layout/panel.tsx';
import { Glyph } from '../../ui/scene/glyph.tsx';
import { completeEdge, edgeTypeOf, environmentOf } from '../../scenario/environment.ts';
import { permissionsOf, PermissionSection } from './access-tab.tsx';
import { CliDetails } from './cli-details.tsx';
import type { InspectorServices } from './inspector-services.ts';
import { SchemaForm } from './schema-form.tsx';

export function EdgeInspector({ services, edgeId }: { readonly services: InspectorServices; readonly edgeId: string }): ReactNode {
  const { scenario, view, run, manifests } = services;
  const design = useStore(scenario, (state) => state.design);
  const problems = useStore(run, (state) => state.problems);
  const document = design.edges.find((candidate) => candidate.id === edgeId);
  const edge = useMemo(() => document && completeEdge(document, manifests), [document, manifests]);
  const environment = useMemo(() => environmentOf(design, manifests), [design, manifests]);
  const type = edge && edgeTypeOf(manifests, edge.port);
  if (!edge || !type) return null;
  const name = (id: string): string => String(environment.node(id)?.config['name'] ?? id);
  const end = (id: string): ReactNode => (
    <button type="button" className="ui-jump" onClick={() => view.select([id])}>
      {name(id)}
    </button>
  );
  return (
    <div className="inspector">
      <PanelHead
        glyph={<Glyph icon={iconNamed(type.icon)} tone={type.shape} />}
        title={kindWords(type.id)}
        subtitle={`${name(edge.from)} to ${name(edge.to)}`}
        onClose={() => view.select([])}
        closeLabel="Close the inspector"
      />
      <div className="inspector-body">
        {problems
          .filter((problem) => problem.edgeId === edgeId)
          .map((problem) => (
            <PanelSection key={problem.id}>
              <Note tone="bad">{problem.sentence}</Note>
            </PanelSection>
          ))}
        <PanelSection>
          <p className="edge-ends">
            From {end(edge.from)} to {end(edge.to)}. {STYLE_WORDS[type.style]} Its settings belong to {name(type.owner === 'from' ? edge.from : edge.to)}.
          </p>
        </PanelSection>
        {Object.keys(type.config.shape).length > 0 && (
          <SchemaForm
            schema={type.config}
            config={edge.config}
            onChange={(member, value) => {
              const parsed = type.config.safeParse({ ...edge.config, [member]: value });
              if (!parsed.success) return parsed.error.issues.find((issue) => issue.path[0] === member)?.message ?? parsed.error.issues[0]?.message;
              scenario.setEdgeConfig(edge.id, { [member]: value });
              return undefined;
            }}
          />
        )}
        {permissionsOf(edge, environment, manifests).map((permission) => (
          <PermissionSection key={permission.place} services={services} permission={permission} />
        ))}
        <CliDetails services={services} edgeId={edge.id} />
        <PanelSection>
          <Button kind="danger" icon="trash" iconSize="s" onClick={services.removeSelection}>
            Delete the connection
          </Button>
        </PanelSection>
      </div>
    </div>
  );
}

const STYLE_WORDS = {
  push: 'The first hands over, the second takes.',
  poll: 'The second asks the first for work.',
  'dead-letter': 'What is given up goes this way.',
  destination: 'What came of it goes this way.',
} as const;

/** `lambda.event-source-mapping` → 'Event source mapping'. */
function kindWords(id: string): string {
  const words = id.slice(id.indexOf('.') + 1).replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
