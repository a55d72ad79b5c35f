/** Small dialogs for the scenario's own settings: its name, and the seed that its luck comes from. */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { NumberField } from '../../ui/fields/number-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Button } from '../../ui/controls/button.tsx';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { SCENARIO_LIMITS } from '../../scenario/schema.ts';
import { useApp } from './app-context.ts';

const SEED_MAX = 4_294_967_295;

export function SettingDialog(): ReactNode {
  const { scenario, settings } = useApp();
  const open = useStore(settings, (state) => state.open);
  const { name, seed } = useStore(scenario, (state) => state.design);
  const close = (): void => settings.setState({ open: null });
  if (open === null) return null;
  return (
    <Dialog
      open
      onOpenChange={(wanted) => !wanted && close()}
      title={open === 'name' ? 'Rename the scenario' : 'Seed'}
      description={
        open === 'name' ? undefined : 'All chance comes from it: the same scenario, seed and inputs give the same run. A new seed begins the run anew.'
      }
      actions={<Button onClick={close}>Done</Button>}
    >
      {open === 'name' ? (
        <TextField
          label="Name"
          value={name}
          onCommit={(text) => {
            if (text.trim() === '') return 'A name has at least one character.';
            if (text.length > SCENARIO_LIMITS.nameCharsMax) return `A name has at most ${SCENARIO_LIMITS.nameCharsMax} characters.`;
            scenario.setName(text);
            return undefined;
          }}
        />
      ) : (
        <NumberField
          label="Seed"
          value={seed}
          min={0}
          max={SEED_MAX}
          onCommit={(value) => (value === undefined ? 'A seed is a whole number.' : void scenario.setSeed(value))}
        />
      )}
    </Dialog>
  );
}
