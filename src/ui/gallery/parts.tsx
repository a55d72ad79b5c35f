/** Controls, fields, overlays and messages of the gallery. */
import { useState, type ReactNode } from 'react';
import { Button } from '../controls/button.tsx';
import { Checkbox } from '../controls/checkbox.tsx';
import { CopyButton } from '../controls/copy-button.tsx';
import { IconButton } from '../controls/icon-button.tsx';
import { Segmented } from '../controls/segmented.tsx';
import { Switch } from '../controls/switch.tsx';
import { Badge, Chip } from '../feedback/badge.tsx';
import { Banner } from '../feedback/banner.tsx';
import { EmptyState } from '../feedback/empty-state.tsx';
import { ProgressBar } from '../feedback/progress-bar.tsx';
import { Skeleton } from '../feedback/skeleton.tsx';
import { NumberField } from '../fields/number-field.tsx';
import { SelectField } from '../fields/select-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { iconPaths, type IconName } from '../icon-paths.ts';
import { Icon } from '../icons.tsx';
import { Chain } from '../layout/chain.tsx';
import { CodeBlock } from '../layout/code-block.tsx';
import { KeyValues } from '../layout/key-values.tsx';
import { PaneEdge } from '../layout/pane-edge.tsx';
import { usePaneSize } from '../layout/pane-size.ts';
import { PanelHead, PanelSection } from '../layout/panel.tsx';
import { TabPanel, Tabs } from '../layout/tabs.tsx';
import { VirtualList } from '../layout/virtual-list.tsx';
import { ContextMenu } from '../overlay/context-menu.tsx';
import { Dialog } from '../overlay/dialog.tsx';
import { DropdownMenu } from '../overlay/dropdown-menu.tsx';
import type { MenuEntry } from '../overlay/menu-items.ts';
import { PopCard } from '../overlay/pop-card.tsx';
import { Popover } from '../overlay/popover.tsx';
import { Sheet } from '../overlay/sheet.tsx';
import { showToast } from '../overlay/toast-store.ts';
import { Glyph } from '../scene/glyph.tsx';
import { TokenShape } from '../scene/token-shape.tsx';
import { Part } from './part.tsx';

const ignore = (): void => undefined;

const menu: readonly MenuEntry[] = [
  { id: 'follow', label: 'Follow next message', icon: 'follow', shortcut: 'F', onSelect: ignore },
  { id: 'copy', label: 'Duplicate', icon: 'copy', shortcut: 'Ctrl D', onSelect: ignore },
  { id: 'more', label: 'Connect to', icon: 'arrow', items: [{ id: 'a', label: 'transcode', icon: 'function', onSelect: ignore }] },
  'separator',
  { id: 'delete', label: 'Delete', icon: 'cross', shortcut: 'Del', danger: true, onSelect: ignore },
];

export function Parts(): ReactNode {
  return (
    <>
      <Controls />
      <Fields />
      <Messages />
      <Panels />
      <Part title="Icons" wide>
        <div className="gallery-icons">
          {(Object.keys(iconPaths) as IconName[]).map((name) => (
            <figure key={name}>
              <Icon name={name} size="l" />
              <figcaption>{name}</figcaption>
            </figure>
          ))}
        </div>
      </Part>
    </>
  );
}

function Controls(): ReactNode {
  const [speed, setSpeed] = useState('1');
  const [on, setOn] = useState(true);
  const [tab, setTab] = useState('messages');
  const [dialog, setDialog] = useState(false);
  return (
    <>
      <Part title="Buttons">
        <div className="gallery-wrap">
          <Button kind="primary" icon="share">
            Share
          </Button>
          <Button kind="now">Continue from here</Button>
          <Button>Redrive to jobs</Button>
          <Button kind="quiet">Cancel</Button>
          <Button kind="danger">Delete</Button>
          <Button disabled>Next</Button>
          <IconButton icon="timeline" label="Timeline" shortcut="1" pressed />
          <CopyButton text="aws lambda" />
        </div>
      </Part>
      <Part title="Switches, speed, tabs">
        <div className="gallery-wrap">
          <Switch label="Permissions" hideLabel checked={on} onCheckedChange={setOn} />
          <Switch label="Other" hideLabel checked={!on} onCheckedChange={(next) => setOn(!next)} />
          <Segmented
            label="Speed"
            value={speed}
            onValueChange={setSpeed}
            options={[
              { value: '1/4', label: '1/4' },
              { value: '1', label: '1×' },
              { value: '10', label: '10×' },
              { value: 'max', label: 'Max' },
            ]}
          />
          <Checkbox label="Batch failures" checked={on} onCheckedChange={setOn} />
        </div>
        <Tabs
          label="Inspector"
          value={tab}
          onValueChange={setTab}
          items={[
            { id: 'messages', label: 'Messages', note: 7 },
            { id: 'settings', label: 'Settings' },
            { id: 'access', label: 'Access' },
          ]}
        >
          <TabPanel id="messages">{''}</TabPanel>
        </Tabs>
      </Part>
      <Part title="Overlays">
        <div className="gallery-wrap">
          <DropdownMenu trigger={<Button trailing={<Icon name="chevron-down" size="s" />}>Menu</Button>} items={menu} />
          <ContextMenu label="Menu of the button" items={menu}>
            <Button kind="quiet">Right click</Button>
          </ContextMenu>
          <Popover label="Cost" trigger={<Button kind="quiet">Popover</Button>}>
            <KeyValues pairs={[{ name: 'Requests', value: '$0.0002' }, { name: 'Compute', value: '$0.0004' }]} />
          </Popover>
          <Button onClick={() => setDialog(true)}>Dialog</Button>
          <Button
            onClick={() => {
              showToast({ text: 'Moved m-7 back to jobs', icon: 'check', tone: 'ok', action: { label: 'Undo', onAction: ignore } });
              showToast({ text: 'Link copied, 1,412 characters', icon: 'link', tone: 'now' });
              showToast({ text: 'New code. Next start is cold', icon: 'snow', tone: 'cold' });
            }}
          >
            Toasts
          </Button>
          <Dialog
            open={dialog}
            onOpenChange={setDialog}
            title="Delete jobs?"
            description="Its 3 messages go with it. Undo brings everything back."
            actions={
              <>
                <Button kind="quiet" onClick={() => setDialog(false)}>
                  Cancel
                </Button>
                <Button kind="danger" onClick={() => setDialog(false)}>
                  Delete
                </Button>
              </>
            }
          />
        </div>
      </Part>
    </>
  );
}

function Fields(): ReactNode {
  const [memory, setMemory] = useState(1769);
  const [name, setName] = useState('transcode');
  const [runtime, setRuntime] = useState<'nodejs22.x' | 'nodejs20.x'>('nodejs22.x');
  return (
    <Part title="Fields">
      <NumberField
        label="Visibility timeout"
        value={50000}
        unit="s"
        width={104}
        error="SQS allows 0 to 43,200 s, which is 12 hours. The queue still uses 12 s."
        onCommit={ignore}
      />
      <NumberField label="Receives before giving up" value={3} min={1} max={1000} width={104} help="AWS calls this maxReceiveCount, 1 to 1,000." onCommit={ignore} />
      <NumberField
        label="Memory"
        value={memory}
        min={128}
        max={10240}
        unit="MB"
        help="One full vCPU. At 884 MB each clip takes 2.9 s, over the timeout."
        slider={{ label: 'Memory', ticks: [884, 1769, 3538, 7076] }}
        onCommit={(next) => {
          if (next !== undefined) setMemory(next);
        }}
      />
      <NumberField label="Reserved concurrency" value={undefined} optional min={0} onCommit={ignore} />
      <TextField label="Name" value={name} onCommit={(next) => (next === '' ? 'A name is needed.' : setName(next))} />
      <SelectField
        label="Runtime"
        value={runtime}
        onValueChange={setRuntime}
        options={[
          { value: 'nodejs22.x', label: 'Node.js 22', note: 'arm64' },
          { value: 'nodejs20.x', label: 'Node.js 20' },
        ]}
      />
    </Part>
  );
}

function Messages(): ReactNode {
  return (
    <>
      <Part title="Loading, named and sized">
        <ProgressBar name="ffmpeg, once" size="12.4 of 31.2 MB" value={0.4} />
        <ProgressBar name="Sandbox for your code" size="ready in a moment" value={0.78} />
        <ProgressBar name="Editor" size="ready, works offline" done />
        <Skeleton label="Log" />
        <p className="gallery-wrap" style={{ marginTop: 12 }}>
          <Badge tone="bad" icon="cross">
            3 errors
          </Badge>
          <Badge tone="cold" icon="snow">
            cold
          </Badge>
          <Badge>draft</Badge>
          <Chip tone="event" onRemove={ignore} removeLabel="Remove suffix .mp4">
            suffix .mp4
          </Chip>
        </p>
      </Part>
      <Part title="Empty">
        <EmptyState title="No dead letters" actions={<Button icon="clips" iconSize="s">Send the broken clip</Button>}>
          Messages come here after 3 failed receives. Nothing has, yet.
        </EmptyState>
      </Part>
      <Part title="Page">
        <EmptyState title="This link is cut short" icon="link" tone="bad" actions={<><Button kind="primary">Paste the whole link</Button><Button>Open my work</Button></>}>
          It ends after 311 characters; its own count says 1,412. Your work here has not been touched.
        </EmptyState>
      </Part>
      <Part title="Banners" wide>
        <div style={{ display: 'grid', gap: 10 }}>
          <Banner kind="past" actions={<><Button kind="now">Continue from here</Button><Button>Return to 00:58.0</Button></>}>
            You are in the past. A change here starts a <b>new future</b>; Run 1 is kept.
          </Banner>
          <Banner kind="refused" title="A queue does not push" actions={<><Button kind="primary" size="s">Add the mapping to transcode</Button><Button kind="quiet" size="s">Leave it</Button></>}>
            Lambda asks the queue for work. That is an event source mapping, and it belongs to the function.
          </Banner>
          <Banner kind="waiting" actions={<Button size="s">Cancel</Button>}>
            Virtual time stands still: ffmpeg is working, 86 % written.
          </Banner>
        </div>
      </Part>
    </>
  );
}

function Panels(): ReactNode {
  const pane = usePaneSize('gallery', { initial: 392, min: 280, max: 520 });
  return (
    <>
      <Part title="Panel" wide>
        <div className="gallery-cards">
          <div className="gallery-panel" style={{ width: pane.px, position: 'relative' }}>
            <PaneEdge label="Width of the panel" side="right" pane={pane} />
            <PanelHead glyph={<Glyph icon="dead-letter" tone="bad" />} title="jobs-dlq" subtitle="Dead-letter queue of jobs" onClose={ignore} />
            <PanelSection title="How it got here">
              <Chain
                label="How m-7 got here"
                links={[
                  { key: 1, at: '6.2 s', onJump: ignore, text: 'First receive. transcode failed after 0.5 s: ffmpeg found no moov atom.' },
                  { key: 2, at: '18.2 s', onJump: ignore, text: 'Its 12 s of hiding were over, so it was received again.', state: 'here' },
                  { key: 3, at: '30.3 s', text: 'Back in jobs, if this fails too', state: 'next' },
                  { key: 4, text: 'Root: the bytes of broken.mp4. No retry can mend them.', state: 'root' },
                ]}
              />
            </PanelSection>
            <PanelSection title="Your last edit, in AWS terms" end={<CopyButton text="aws" />}>
              <CodeBlock
                label="SAM difference"
                lines={['Transcode:', '  Type: AWS::Serverless::Function', { text: '    Timeout: 3', change: 'removed' }, { text: '    Timeout: 2', change: 'added' }]}
              />
            </PanelSection>
          </div>
          <PopCard label="Why is m-7 here?" onClose={ignore} beak>
            <p className="ui-sub">
              Because <b style={{ color: 'var(--ink)' }}>jobs</b> gives up after 3 receives, and all 3 failed on the same bytes.
            </p>
          </PopCard>
          <PopCard
            label="m-7, attempt 2 of 3"
            head={
              <>
                <TokenShape kind="message" digit={2} size={20} />
                <b>m-7</b>
                <span className="ui-sub">attempt 2 of 3</span>
              </>
            }
            onClose={ignore}
          />
          <div style={{ height: 120, width: 220, display: 'flex' }}>
            <VirtualList label="Rows" items={Array.from({ length: 500 }, (_, at) => `row ${at}`)} keyOf={(row) => row} render={(row) => <span>{row}</span>} />
          </div>
        </div>
      </Part>
      <Part title="Sheet of the phone" wide>
        <Sheet label="Lesson" height={0.2}>
          <p style={{ padding: '0 16px' }}>The canvas stays alive above it.</p>
        </Sheet>
      </Part>
    </>
  );
}
