/** The four places of the phone layout, within the thumb's reach. */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import type { PhoneTab } from '../../state/view.store.ts';
import { useApp } from './app-context.ts';

const TABS: readonly { readonly id: PhoneTab; readonly label: string; readonly icon: IconName }[] = [
  { id: 'canvas', label: 'Canvas', icon: 'canvas' },
  { id: 'timeline', label: 'Timeline', icon: 'timeline' },
  { id: 'lesson', label: 'Lesson', icon: 'lessons' },
  { id: 'inspect', label: 'Inspect', icon: 'settings' },
];

export function PhoneTabs(): ReactNode {
  const { view } = useApp();
  const tab = useStore(view, (state) => state.phoneTab);
  return (
    <nav className="phone-tabs" aria-label="Places">
      {TABS.map(({ id, label, icon }) => (
        <button key={id} type="button" aria-current={tab === id ? 'page' : undefined} onClick={() => view.setState({ phoneTab: id })}>
          <Icon name={icon} />
          {label}
        </button>
      ))}
    </nav>
  );
}
