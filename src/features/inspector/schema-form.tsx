/** A form made from a settings schema: a control per field, AWS's own limits as refusals, effects under the fields they concern. */
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { PanelSection } from '../../ui/layout/panel.tsx';
import { Icon } from '../../ui/icons.tsx';
import { FieldControl } from './field-control.tsx';
import { groupsOf } from './schema-fields.ts';

export interface Advice {
  readonly level: 'effect' | 'warning';
  readonly field?: string;
  readonly sentence: string;
}

export interface SchemaFormProps {
  readonly schema: z.ZodObject;
  readonly config: Readonly<Record<string, unknown>>;
  readonly advice?: readonly Advice[];
  /** Takes one member's new value; answers why it is refused. The old value then stays in force. */
  readonly onChange: (member: string, value: unknown) => string | undefined;
}

export function SchemaForm({ schema, config, advice = [], onChange }: SchemaFormProps): ReactNode {
  const groups = useMemo(() => groupsOf(schema), [schema]);
  const loose = advice.filter(({ field }) => field === undefined || !groups.some((group) => group.fields.some(({ member }) => member === field)));
  return (
    <>
      {loose.length > 0 && (
        <PanelSection>
          <AdviceLines advice={loose} />
        </PanelSection>
      )}
      {groups.map((group) => (
        <PanelSection key={group.title} {...(group.title === '' ? {} : { title: group.title })}>
          {group.fields.map((field) => {
            const own = advice.filter((one) => one.field === field.member);
            return (
              <FieldControl
                key={field.member}
                field={field}
                value={config[field.member]}
                help={
                  field.help !== undefined || own.length > 0 ? (
                    <>
                      {field.help}
                      <AdviceLines advice={own} />
                    </>
                  ) : undefined
                }
                onCommit={(value) => field.refusal(value) ?? onChange(field.member, value)}
              />
            );
          })}
        </PanelSection>
      ))}
    </>
  );
}

function AdviceLines({ advice }: { readonly advice: readonly Advice[] }): ReactNode {
  return advice.map(({ level, sentence }) => (
    <span key={sentence} className="advice" data-level={level}>
      {level === 'warning' && <Icon name="warn" size="s" />}
      <span>{sentence}</span>
    </span>
  ));
}
