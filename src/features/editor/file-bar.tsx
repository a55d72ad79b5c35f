/** The row above the code: which function, its files as tabs, and ways to add, rename and remove one. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Select } from '../../ui/fields/select-field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { DropdownMenu } from '../../ui/overlay/dropdown-menu.tsx';
import type { MenuEntry } from '../../ui/overlay/dropdown-menu.tsx';
import { showToast } from '../../ui/overlay/toast-store.ts';
import type { ScenarioNodeDocument } from '../../scenario/schema.ts';
import type { ScenarioStore } from '../../scenario/scenario.store.ts';
import { fileNameRefusal, freeFileName } from './file-names.ts';
import { useEventTypeActions } from './event-type/use-event-type-actions.ts';
import { templateBranch } from './handler-templates/menu.ts';
import { formatOpen } from './monaco/format.ts';
import { NameField } from './name-field.tsx';

export interface FileBarProps {
  readonly scenario: ScenarioStore;
  readonly functions: readonly ScenarioNodeDocument[];
  readonly node: ScenarioNodeDocument;
  readonly file: string | undefined;
  /** Problems by file, for the tabs. */
  readonly problems: ReadonlyMap<string, number>;
  readonly onOpen: (nodeId: string, file: string | undefined) => void;
  /** What was typed counts before a file changes its name or goes. */
  readonly onBeforeChange: () => void;
  readonly end: ReactNode;
}

const nameOf = (node: ScenarioNodeDocument): string => String(node.config['name'] ?? node.id);

export function FileBar(props: FileBarProps): ReactNode {
  const { scenario, functions, node, file, problems, onOpen, onBeforeChange, end } = props;
  const [naming, setNaming] = useState<string | null>(null);
  const files = Object.keys(node.files ?? {});
  const around = { scenario, nodeId: node.id, onBeforeChange, onOpen };
  const eventTypeActions = useEventTypeActions(around);
  const add = (): void => {
    const name = freeFileName(files);
    const refusal = fileNameRefusal(name, { taken: files });
    if (refusal !== null) {
      showToast({ text: refusal, tone: 'warn', icon: 'warn' });
      return;
    }
    onBeforeChange();
    scenario.setFile(node.id, name, '');
    onOpen(node.id, name);
    setNaming(name);
  };
  const remove = (name: string): void => {
    onBeforeChange();
    scenario.setFile(node.id, name, null);
    onOpen(node.id, files.find((other) => other !== name));
    showToast({ text: `${name} is removed.`, icon: 'trash', action: { label: 'Undo', onAction: () => scenario.undo() } });
  };
  const rename = (from: string, to: string): void => {
    setNaming(null);
    if (to === from) return;
    onBeforeChange();
    scenario.renameFile(node.id, from, to);
    onOpen(node.id, to);
  };
  const ownItems = (name: string): readonly MenuEntry[] => [
    { id: 'format', label: `Format ${name}`, icon: 'layout', shortcut: 'Shift Alt F', onSelect: () => void formatOpen() },
    { id: 'rename', label: `Rename ${name}`, icon: 'edit', shortcut: 'F2', onSelect: () => setNaming(name) },
    { id: 'remove', label: `Remove ${name}`, icon: 'trash', danger: true, onSelect: () => remove(name) },
  ];
  return (
    <div className="editor-bar">
      {functions.length > 1 && (
        <Select
          label="Function"
          options={functions.map((option) => ({ value: option.id, label: nameOf(option) }))}
          value={node.id}
          onValueChange={(id) => onOpen(id, undefined)}
          width={150}
        />
      )}
      <div className="editor-files" role="group" aria-label={`Files of ${nameOf(node)}`}>
        {files.map((name) =>
          naming === name ? (
            <NameField key={name} name={name} refusalOf={(text) => fileNameRefusal(text, { taken: files, own: name })} onDone={(to) => rename(name, to)} onCancel={() => setNaming(null)} />
          ) : (
            <button
              key={name}
              type="button"
              className="editor-file"
              aria-current={name === file ? 'true' : undefined}
              onClick={() => onOpen(node.id, name)}
              onDoubleClick={() => setNaming(name)}
              onKeyDown={(event) => {
                if (event.key === 'F2') setNaming(name);
              }}
            >
              {name}
              {problems.has(name) && (
                <span className="editor-file-bad" title={`${problems.get(name)} problems`}>
                  <Icon name="cross" size="s" title={`${problems.get(name)} problems`} />
                </span>
              )}
            </button>
          ),
        )}
        <button type="button" className="editor-file" onClick={add}>
          + file
        </button>
      </div>
      <DropdownMenu
        trigger={<IconButton icon="more" label={`More for ${file ?? nameOf(node)}`} size="s" />}
        items={[templateBranch(around), ...(file === undefined ? [] : eventTypeActions), ...(file === undefined ? [] : ['separator' as const, ...ownItems(file)])]}
      />
      <div className="editor-bar-end">{end}</div>
    </div>
  );
}
