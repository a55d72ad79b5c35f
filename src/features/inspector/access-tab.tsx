/** Who may do what: the permissions that come with each connection of a node, and what its role has besides. */
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Switch } from '../../ui/controls/switch.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { CodeBlock } from '../../ui/layout/code-block.tsx';
import { KeyValues } from '../../ui/layout/key-values.tsx';
import { PanelSection } from '../../ui/layout/panel.tsx';
import type { PolicyStatement } from '../../sim/iam.ts';
import type { DeployEnvironment, ScenarioEdge, ScenarioNode } from '../../sim/manifest.ts';
import { edgeTypeOf, environmentOf } from '../../scenario/environment.ts';
import type { Manifests } from '../../scenario/environment.ts';
import type { InspectorServices } from './inspector-services.ts';

/** What one connection allows, and where that is written down. */
export interface Permission {
  readonly edge: ScenarioEdge;
  /** 'jobs to transcode: polls' */
  readonly words: string;
  /** 'Role of transcode', 'Policy of jobs'. */
  readonly place: string;
  /** Node whose role or policy it is. */
  readonly holder: string;
  readonly statements: readonly PolicyStatement[];
}

/** The permissions that a connection stands for, whether they are granted now or not. */
export function permissionsOf(edge: ScenarioEdge, environment: DeployEnvironment, manifests: Manifests): readonly Permission[] {
  const type = edgeTypeOf(manifests, edge.port);
  if (!type) return [];
  const name = (id: string): string => String(environment.node(id)?.config['name'] ?? id);
  const words = `${name(edge.from)} to ${name(edge.to)}`;
  const [owner, other] = type.owner === 'from' ? [edge.from, edge.to] : [edge.to, edge.from];
  const granted = { ...edge, grant: true };
  const role = type.roleStatements?.(granted, environment) ?? [];
  const resource = type.resourceStatement?.(granted, environment) ?? null;
  return [
    ...(role.length > 0 ? [{ edge, words, place: `Role of ${name(owner)}`, holder: owner, statements: role }] : []),
    ...(resource === null ? [] : [{ edge, words, place: `Policy of ${name(other)}`, holder: other, statements: [resource] }]),
  ];
}

export function AccessTab({ services, node }: { readonly services: InspectorServices; readonly node: ScenarioNode }): ReactNode {
  const { scenario, manifests } = services;
  const design = useStore(scenario, (state) => state.design);
  const { permissions, pairs } = useMemo(() => {
    const environment = environmentOf(design, manifests);
    const calls = manifests.get(node.service)?.deploy(node, environment) ?? [];
    return {
      permissions: environment.edgesOf(node.id).flatMap((edge) => permissionsOf(edge, environment, manifests)),
      pairs: [
        { name: 'ARN', value: environment.arnOf(node.id) },
        ...calls.flatMap(({ input }) => (typeof input['Role'] === 'string' ? [{ name: 'Role', value: input['Role'] }] : [])),
        ...calls.flatMap(({ input }) => (typeof input['PolicyArn'] === 'string' ? [{ name: 'Managed policy', value: input['PolicyArn'] }] : [])),
      ],
    };
  }, [design, manifests, node]);
  return (
    <>
      <PanelSection>
        <KeyValues code pairs={pairs} />
      </PanelSection>
      {permissions.length === 0 && (
        <EmptyState title="No permissions from connections">Each connection that needs one brings it along. It is shown here and can be taken away.</EmptyState>
      )}
      {permissions.map((permission) => (
        <PermissionSection key={`${permission.edge.id} ${permission.place}`} services={services} permission={permission} />
      ))}
    </>
  );
}

/** One permission with its switch and its text. Without it the next call is refused, as on AWS. */
export function PermissionSection({ services, permission }: { readonly services: InspectorServices; readonly permission: Permission }): ReactNode {
  const { edge, words, place, statements } = permission;
  return (
    <PanelSection
      title={place}
      end={<Switch label={`Permission, ${words}`} hideLabel checked={edge.grant} onCheckedChange={(grant) => services.scenario.setGrant(edge.id, grant)} />}
    >
      <p className="permission-words">
        {words}
        {edge.grant ? '.' : '. Taken away: what needs it is refused.'}
      </p>
      <CodeBlock label={`Statements, ${words}`} lines={statements.flatMap((statement) => JSON.stringify(statement, null, 2).split('\n'))} />
    </PanelSection>
  );
}
