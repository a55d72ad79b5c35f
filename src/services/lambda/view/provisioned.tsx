/** Provisioned concurrency of a function: what is kept ready, and a form that publishes a version, points the alias `live` to it and keeps environments for it. */
import './view.css';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../ui/controls/button.tsx';
import { useAction } from '../../../ui/controls/use-action.ts';
import { Note } from '../../../ui/feedback/note.tsx';
import { NumberField } from '../../../ui/fields/number-field.tsx';
import { KeyValues } from '../../../ui/layout/key-values.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import type { InspectorTabProps } from '../../view-contract.ts';
import type { FunctionSummary } from '../model/summary.ts';

const ALIAS = 'live';
const STATUS_WORDS = { IN_PROGRESS: 'being allocated', READY: 'ready', FAILED: 'failed in their init' } as const;

type Send = InspectorTabProps['send'];

/** Each click is AWS calls of the visitor at this moment of the run. */
async function keep(send: Send, FunctionName: string, o: { readonly count: number; readonly hasAlias: boolean }): Promise<void> {
  const { Version } = (await send('lambda', 'PublishVersion', { FunctionName })) as { readonly Version: string };
  await send('lambda', o.hasAlias ? 'UpdateAlias' : 'CreateAlias', { FunctionName, Name: ALIAS, FunctionVersion: Version });
  await send('lambda', 'PutProvisionedConcurrencyConfig', { FunctionName, Qualifier: ALIAS, ProvisionedConcurrentExecutions: o.count });
}

export function ProvisionedSection({ node, summary, send }: InspectorTabProps): ReactNode {
  const lambda = summary as FunctionSummary;
  const FunctionName = String(node.config['name']);
  const [count, setCount] = useState(1);
  const { busy, failure, run } = useAction();
  const own = lambda.provisioned.find(({ qualifier }) => qualifier === ALIAS);
  return (
    <PanelSection title="Provisioned concurrency">
      {lambda.provisioned.length > 0 && <KeyValues pairs={lambda.provisioned.map((one) => ({ name: `${one.qualifier}, version ${one.version}`, value: `${one.status === 'READY' ? one.allocated : one.requested} ${STATUS_WORDS[one.status]}` }))} />}
      <NumberField
        label="Environments"
        value={count}
        min={1}
        max={900}
        step={1}
        help="For a version or an alias, never for $LATEST: only a request to that name uses them. It takes a minute or two, and costs until it is taken away."
        onCommit={(value) => {
          setCount(value ?? 1);
          return undefined;
        }}
      />
      <div className="lambda-actions">
        <Button size="s" icon="pin" iconSize="s" disabled={busy} onClick={() => run(() => keep(send, FunctionName, { count, hasAlias: lambda.aliases.some(({ name }) => name === ALIAS) }))}>
          Publish and keep for the alias live
        </Button>
        {own !== undefined && (
          <Button size="s" icon="cross" iconSize="s" disabled={busy} onClick={() => run(async () => void (await send('lambda', 'DeleteProvisionedConcurrencyConfig', { FunctionName, Qualifier: ALIAS })))}>
            Take away
          </Button>
        )}
      </div>
      {failure !== undefined && <Note tone="bad">{failure}</Note>}
    </PanelSection>
  );
}
