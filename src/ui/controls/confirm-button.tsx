/** A button for what cannot be taken back: it asks once more, in words that say what will be lost. */
import { useState, type ReactNode } from 'react';
import type { IconName } from '../icons.tsx';
import { Dialog } from '../overlay/dialog.tsx';
import { Button } from './button.tsx';

export interface ConfirmButtonProps {
  /** On the button, and on the button that confirms: 'Purge'. */
  readonly label: string;
  readonly icon?: IconName;
  /** 'Purge jobs?' */
  readonly question: string;
  /** What will be gone. */
  readonly children: ReactNode;
  readonly disabled?: boolean;
  readonly size?: 's' | 'm';
  readonly onConfirm: () => void;
}

export function ConfirmButton({ label, icon, question, children, disabled = false, size = 'm', onConfirm }: ConfirmButtonProps): ReactNode {
  const [open, setOpen] = useState(false);
  const confirm = (): void => {
    setOpen(false);
    onConfirm();
  };
  return (
    <>
      <Button size={size} disabled={disabled} aria-haspopup="dialog" onClick={() => setOpen(true)} {...(icon ? { icon, iconSize: 's' } : {})}>
        {label}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={question}
        description={children}
        actions={
          <>
            <Button kind="quiet" onClick={() => setOpen(false)}>
              Cancel
            </Button>
            <Button kind="danger" onClick={confirm}>
              {label}
            </Button>
          </>
        }
      />
    </>
  );
}
