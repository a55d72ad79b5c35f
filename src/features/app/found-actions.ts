/** What 'find anything' can run besides going to a node: templates, adding services, panels, the menu's actions. */
import { useMemo } from 'react';
import { templates } from '../../scenario/templates/templates.ts';
import { BOTTOM_TABS } from '../../state/view.store.ts';
import { iconNamed } from '../../ui/icons.tsx';
import { useAppMenu } from './app-menu.ts';
import { addService } from './canvas-commands.ts';
import type { FoundAction } from './dialogs.tsx';
import type { AppServices } from './services.ts';

export function useFoundActions(app: AppServices): readonly FoundAction[] {
  const menu = useAppMenu(app);
  return useMemo(() => {
    const fromMenu = menu.flatMap((entry): FoundAction[] =>
      typeof entry === 'string' || !('onSelect' in entry) || entry.disabled
        ? []
        : [{ id: `menu-${entry.id}`, icon: entry.icon ?? 'canvas', label: entry.label, note: 'Action', run: entry.onSelect }],
    );
    return [
      ...app.manifestList.map(
        (manifest): FoundAction => ({
          id: `add-${manifest.id}`,
          icon: iconNamed(manifest.icon),
          label: `Add ${manifest.title}`,
          note: 'Service',
          run: () => addService(app, manifest.id),
        }),
      ),
      ...templates.map(
        (template): FoundAction => ({
          id: `template-${template.id}`,
          icon: 'gallery',
          label: template.title,
          note: 'Template',
          run: () => app.open(template.document, { kind: 'template', id: template.id }, template.opening),
        }),
      ),
      ...BOTTOM_TABS.map((tab): FoundAction => ({ id: `panel-${tab}`, icon: tab, label: `Show ${tab}`, note: 'Panel', run: () => app.view.openBottom(tab) })),
      { id: 'lessons', icon: 'lessons', label: 'Lessons', note: 'Panel', run: () => app.view.toggleLesson(true) },
      { id: 'keyboard', icon: 'keyboard', label: 'Keyboard shortcuts', note: 'Help', run: () => app.view.setDialog('shortcuts') },
      ...fromMenu,
    ];
  }, [app, menu]);
}
