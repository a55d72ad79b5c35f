/** One node in full: what its service shows of it, its settings, and who may do what. */
import { lazy, Suspense, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/controls/button.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { iconNamed } from '../../ui/icons.tsx';
import { PanelHead, PanelSection } from '../../ui/layout/panel.tsx';
import { TabPanel, Tabs } from '../../ui/layout/tabs.tsx';
import { Glyph } from '../../ui/scene/glyph.tsx';
import type { ScenarioNode, ServiceManifest } from '../../sim/manifest.ts';
import type { ScenarioEdgeDocument } from '../../scenario/schema.ts';
import { completeNode, environmentOf } from '../../scenario/environment.ts';
import { viewById } from '../../services/views.ts';
import { AccessTab } from './access-tab.tsx';
import { CliDetails } from './cli-details.tsx';
import type { InspectorServices } from './inspector-services.ts';
import { ServiceTab } from './service-tab.tsx';
import { SchemaForm } from './schema-form.tsx';

/** Where there is no room for both words, the first stands for both; readers always have the whole. */
const LOAD_LABEL = (
  <span>
    Load<span className="tab-more"> and faults</span>
  </span>
);
const LoadTab = lazy(async () => ({ default: (await import('./load/load-tab.tsx')).LoadTab }));

export function NodeInspector({ services, nodeId }: { readonly services: InspectorServices; readonly nodeId: string }): ReactNode {
  const { scenario, view, run, manifests } = services;
  const design = useStore(scenario, (state) => state.design);
  const chosen = useStore(view, (state) => state.inspectorTab);
  const summary = useStore(run, (state) => state.summaries[state.arns[nodeId] ?? '']);
  const problems = useStore(run, (state) => state.problems);
  const document = design.nodes.find((candidate) => candidate.id === nodeId);
  const node = useMemo(() => document && completeNode(document, manifests), [document, manifests]);
  const manifest = node && manifests.get(node.service);
  if (!node || !manifest) return null;
  const own = viewById.get(node.service);
  const tabs = [
    ...(own?.tabs ?? []).map(({ id, label }) => ({ id, label })),
    ...(manifest.family === 'client' ? [] : [{ id: 'load', label: LOAD_LABEL }]),
    { id: 'settings', label: 'Settings' },
    ...(manifest.family === 'client' ? [] : [{ id: 'access', label: 'Access' }]),
  ];
  const tab = tabs.some(({ id }) => id === chosen) ? chosen! : tabs[0]!.id;
  const head = own?.head?.(node, summary);
  const [file] = Object.keys(node.files ?? {});
  const shown = own?.tabs.find(({ id }) => id === tab);
  return (
    <div className="inspector">
      <PanelHead
        glyph={<Glyph icon={iconNamed(head?.icon ?? manifest.icon)} tone={head?.tone ?? manifest.family} />}
        title={String(node.config['name'] ?? node.id)}
        subtitle={head?.type ?? manifest.title}
        actions={
          file !== undefined && (
            <Button size="s" icon="code" iconSize="s" onClick={() => view.openFileOf(node.id, file)}>
              Edit code
            </Button>
          )
        }
        onClose={() => view.select([])}
        closeLabel="Close the inspector"
      />
      {problems
        .filter((problem) => problem.nodeId === nodeId || design.edges.some((edge) => edge.id === problem.edgeId && ownerOf(edge, manifests) === nodeId))
        .map((problem) => (
          <PanelSection key={problem.id}>
            <Note tone={problem.level === 'error' ? 'bad' : 'warn'}>
              {problem.edgeId !== undefined && 'A connection was refused: '}
              {problem.sentence}
            </Note>
          </PanelSection>
        ))}
      <Tabs
        label={`Parts of ${String(node.config['name'] ?? node.id)}`}
        className="inspector-tabs"
        items={tabs}
        value={tab}
        onValueChange={(next) => view.setState({ inspectorTab: next })}
      >
        <TabPanel id={tab} className="inspector-body">
          {shown ? (
            <ServiceTab key={tab} services={services} node={node} Tab={shown.Tab} />
          ) : tab === 'load' ? (
            <Suspense fallback={null}>
              <LoadTab services={services} node={node} manifest={manifest} />
            </Suspense>
          ) : tab === 'access' ? (
            <AccessTab services={services} node={node} />
          ) : (
            <SettingsTab services={services} node={node} manifest={manifest} />
          )}
        </TabPanel>
      </Tabs>
    </div>
  );
}

/** The node whose settings say how a connection is. */
function ownerOf(edge: ScenarioEdgeDocument, manifests: InspectorServices['manifests']): string {
  return manifests.get(edge.port.slice(0, edge.port.indexOf('.')))?.edges.find((type) => type.id === edge.port)?.owner === 'to' ? edge.to : edge.from;
}

function SettingsTab({
  services,
  node,
  manifest,
}: {
  readonly services: InspectorServices;
  readonly node: ScenarioNode;
  readonly manifest: ServiceManifest;
}): ReactNode {
  const { scenario, manifests } = services;
  const design = useStore(scenario, (state) => state.design);
  const advice = useMemo(() => manifest.lints?.(node, environmentOf(design, manifests)) ?? [], [manifest, node, design, manifests]);
  return (
    <>
      <SchemaForm
        schema={manifest.config}
        config={node.config}
        advice={advice}
        onChange={(member, value) => {
          if (member === 'name') return scenario.rename(node.id, String(value)) ?? undefined;
          return scenario.setConfig(node.id, { [member]: value })[0]?.message;
        }}
      />
      <CliDetails services={services} nodeId={node.id} />
      {manifest.simplified.length > 0 && (
        <PanelSection>
          <details className="inspector-details">
            <summary>What is simpler here than on AWS</summary>
            <ul>
              {manifest.simplified.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </details>
        </PanelSection>
      )}
    </>
  );
}
