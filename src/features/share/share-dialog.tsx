/** Sharing: the scenario as a link, from its start or with this run's inputs and moment; as a file when a link would be too long. */
import './share.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/controls/button.tsx';
import { CopyButton } from '../../ui/controls/copy-button.tsx';
import { Segmented } from '../../ui/controls/segmented.tsx';
import { Banner } from '../../ui/feedback/banner.tsx';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { groupDigits } from '../../ui/number-text.ts';
import { encodeScenarioLink, LINK_CHARS_MAX } from '../../scenario/link.ts';
import type { LinkBase } from '../../scenario/link.ts';
import { documentNow, fromTheStart } from '../../scenario/scenario.store.ts';
import type { ScenarioStore } from '../../scenario/scenario.store.ts';
import type { ScenarioDocument } from '../../scenario/schema.ts';
import type { RunStore } from '../../state/run.store.ts';

export interface ShareDialogProps {
  readonly scenario: ScenarioStore;
  readonly run: RunStore;
  readonly bases: readonly LinkBase[];
  /** SHA-256 of the trace so far. */
  readonly hash: () => Promise<string>;
  readonly onExport: () => void;
  readonly onImport: (file: File) => void;
  readonly onClose: () => void;
}

type Kind = 'start' | 'run';

export function ShareDialog({ scenario, run, bases, hash, onExport, onImport, onClose }: ShareDialogProps): ReactNode {
  const [kind, setKind] = useState<Kind>('start');
  const state = useStore(scenario);
  const [shownUs] = useState(() => run.getState().status.shownUs);
  const document = useMemo(() => (kind === 'start' ? fromTheStart(state.design) : documentNow(state)), [kind, state]);
  const link = useMemo(() => encodeScenarioLink(document, bases, kind === 'run' ? shownUs : null), [document, bases, kind, shownUs]);
  const file = useRef<HTMLInputElement>(null);
  const tooLong = link.length - 1 > LINK_CHARS_MAX;
  const own = ownClips(document);
  return (
    <Dialog
      open
      onOpenChange={(wanted) => !wanted && onClose()}
      title="Share"
      width={520}
      className="share"
      description="The scenario is in the link itself. Nothing is uploaded."
    >
      <Segmented<Kind>
        label="What is shared"
        value={kind}
        onValueChange={setKind}
        options={[
          { value: 'start', label: 'As it is now, from the start' },
          { value: 'run', label: 'This run' },
        ]}
      />
      <p className="share-words">
        {kind === 'start'
          ? 'Whoever opens it sees the design as it is now, paused at the start. Pressing play gives everybody the same run.'
          : `With everything done during the run, ${groupDigits(document.inputs.length)} ${document.inputs.length === 1 ? 'input' : 'inputs'}, paused at the moment you look at.`}
        {own > 0 && ` Your own clips are named by their bytes, not sent: ${own === 1 ? 'it has' : 'they have'} to be dropped in there again.`}
      </p>
      {tooLong ? <TooLong length={link.length - 1} onExport={onExport} /> : <LinkRow link={`${addressOfPage()}${link}`} length={link.length - 1} />}
      <Fingerprint run={run} hash={hash} />
      <div className="share-file">
        <Button icon="download" onClick={onExport}>
          Export as a file
        </Button>
        <Button icon="upload" onClick={() => file.current?.click()}>
          Import a file
        </Button>
        <input
          ref={file}
          type="file"
          hidden
          accept=".json,application/json"
          onChange={(event) => {
            const chosen = event.target.files?.[0];
            if (chosen) onImport(chosen);
            onClose();
          }}
        />
      </div>
    </Dialog>
  );
}

function LinkRow({ link, length }: { readonly link: string; readonly length: number }): ReactNode {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const box = useRef<HTMLInputElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied('yes');
    } catch {
      box.current?.select();
      setCopied('refused');
    }
  };
  return (
    <>
      <div className="share-link">
        <input ref={box} readOnly aria-label="Link" value={link} onFocus={(event) => event.target.select()} onChange={() => {}} />
        <Button kind="primary" icon={copied === 'yes' ? 'check' : 'copy'} onClick={() => void copy()}>
          {copied === 'yes' ? 'Copied' : 'Copy the link'}
        </Button>
      </div>
      <p className="share-note ui-num" role="status">
        {copied === 'refused'
          ? 'The browser did not allow copying. The link is selected: press Ctrl C.'
          : `${groupDigits(length)} of at most ${groupDigits(LINK_CHARS_MAX)} characters after the #.`}
      </p>
    </>
  );
}

/** What two people compare to know that they saw the same run. */
function Fingerprint({ run, hash }: { readonly run: RunStore; readonly hash: () => Promise<string> }): ReactNode {
  const [text, setText] = useState<string | null>(null);
  const [status] = useState(() => run.getState());
  useEffect(() => {
    let gone = false;
    hash().then(
      (value) => !gone && setText(value),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [hash]);
  return (
    <div className="share-hash">
      <span>
        Trace of this run so far, {groupDigits(status.traceLength)} events up to {clockText(status.status.computedUs)}: whoever plays the same to the same moment gets the same fingerprint.
      </span>
      <code aria-label="Fingerprint of the trace">{text ?? '…'}</code>
      {text !== null && <CopyButton text={text} label="Copy the fingerprint" />}
    </div>
  );
}

/** `00:06.900`. */
function clockText(us: number): string {
  const ms = Math.floor(us / 1_000);
  const pad = (value: number, length: number): string => String(value).padStart(length, '0');
  return `${pad(Math.floor(ms / 60_000), 2)}:${pad(Math.floor(ms / 1_000) % 60, 2)}.${pad(ms % 1_000, 3)}`;
}

function TooLong({ length, onExport }: { readonly length: number; readonly onExport: () => void }): ReactNode {
  return (
    <Banner
      kind="refused"
      title={`This link would have ${groupDigits(length)} characters`}
      actions={
        <Button kind="primary" icon="download" size="s" onClick={onExport}>
          Export the file
        </Button>
      }
    >
      Links above {groupDigits(LINK_CHARS_MAX)} are cut on their way by many programs. Send the file: it opens by dropping it on the canvas.
    </Banner>
  );
}

function addressOfPage(): string {
  return window.location.origin === 'null' ? '' : `${window.location.origin}${window.location.pathname}${window.location.search}`;
}

/** How many clips of the visitor's own a document needs. */
function ownClips(document: ScenarioDocument): number {
  const found = new Set(document.inputs.flatMap((input) => (input.kind === 'upload' ? [input.clip.sha256] : [])));
  for (const node of document.base.nodes) for (const sha256 of JSON.stringify(node.config).match(/\b[0-9a-f]{64}\b/g) ?? []) found.add(sha256);
  return found.size;
}
