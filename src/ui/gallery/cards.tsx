/** Node cards, cells and tokens of the gallery, as the three forms and every state show them. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from '../controls/button.tsx';
import { CountRow } from '../scene/count-row.tsx';
import { drawToken } from '../scene/draw-token.ts';
import { EnvironmentCell, EnvironmentRow } from '../scene/environment-cell.tsx';
import { Gauge } from '../scene/gauge.tsx';
import { NodeFrame, Port } from '../scene/node-frame.tsx';
import { RuleRow } from '../scene/rule-row.tsx';
import { Sparkline } from '../scene/sparkline.tsx';
import { StackRow, type StackItem } from '../scene/stack-row.tsx';
import { Thumb, ThumbRow } from '../scene/thumb.tsx';
import { TokenShape, type TokenKind } from '../scene/token-shape.tsx';
import { computedTone } from '../tone.ts';
import { Part } from './part.tsx';

const ports = (
  <>
    <Port side="left" />
    <Port side="right" />
  </>
);

const waiting: readonly StackItem[] = [
  { id: 'm-1', state: 'visible' },
  { id: 'm-2', state: 'visible', attempt: 2, copy: true },
  { id: 'm-3', state: 'in-flight', attempt: 2, remaining: 0.62 },
  { id: 'm-4', state: 'delayed' },
];

const kinds: readonly TokenKind[] = ['object', 'event', 'message', 'invocation'];

export function Cards(): ReactNode {
  return (
    <>
      <Part title="Cards" wide>
        <div className="gallery-cards">
          <ClipsCard />
          <BucketCard />
          <BusCard />
          <QueueCard />
          <FunctionCard />
          <DeadLetterCards />
        </div>
      </Part>
      <Part title="One queue at three zoom levels" wide>
        <div className="gallery-cards">
          <QueueForms />
        </div>
      </Part>
      <Part title="Far and row forms" wide>
        <SmallForms />
      </Part>
      <Part title="What travels, and what an environment is doing. Shape first, colour second" wide>
        <Travel />
        <Cells />
      </Part>
      <Part title="Measures" wide>
        <Measures />
      </Part>
    </>
  );
}

function ClipsCard(): ReactNode {
  return (
    <NodeFrame name="Clips" type="Clip source" icon="clips" tone="plain" width={172} height={118} ports={<Port side="right" />}>
      <ThumbRow>
        <Thumb alt="night-ferry.mov" palette="night" />
        <Thumb alt="broken.mp4" broken />
        <Thumb alt="lake.mp4" palette="mist" />
      </ThumbRow>
      <CountRow counts={[{ value: 13, unit: 'clips' }, { unit: 'over 60\u00a0s' }]} />
    </NodeFrame>
  );
}

function BucketCard(): ReactNode {
  return (
    <NodeFrame name="uploads" type="S3 bucket" icon="bucket" tone="object" width={204} height={118} ports={ports}>
      <ThumbRow>
        <Thumb alt="kayak.mp4" palette="dusk" />
        <Thumb alt="lake.mp4" palette="mist" />
        <Thumb alt="desert.mp4" palette="ember" />
      </ThumbRow>
      <CountRow counts={[{ value: 5, unit: 'objects' }, { unit: '13.1\u00a0MB' }]} />
    </NodeFrame>
  );
}

function BusCard(): ReactNode {
  return (
    <NodeFrame name="default" type="EventBridge bus" icon="bus" tone="event" width={228} height={118} ports={<><Port side="left" /><Port side="bottom" /></>}>
      <RuleRow name="new-clip" pattern="suffix .mp4" />
      <CountRow counts={[{ value: 5, unit: 'matched' }, { value: 1, unit: 'unmatched' }]} />
    </NodeFrame>
  );
}

function QueueCard(): ReactNode {
  return (
    <NodeFrame name="jobs" type="SQS queue" icon="queue" tone="message" width={228} height={118} ports={<>{ports}<Port side="top" /><Port side="bottom" denied="The role may not send here" /></>}>
      <StackRow items={waiting} tail={'oldest 1.7\u00a0s'} />
      <CountRow counts={[{ value: 2, unit: 'visible' }, { value: 1, unit: 'in flight' }, { value: 1, unit: 'delayed' }]} />
    </NodeFrame>
  );
}

function FunctionCard(): ReactNode {
  return (
    <NodeFrame name="transcode" type="Lambda, Node 22" icon="function" tone="invocation" width={304} height={168} selected ports={ports}>
      <EnvironmentRow>
        <EnvironmentCell state="warm" label="e-1" word={'warm 0.2\u00a0s'} />
        <EnvironmentCell state="busy" label="e-2" progress={0.93} />
        <EnvironmentCell state="starting" label="e-3" progress={0.25} />
        <EnvironmentCell state="ending" label="e-0" />
      </EnvironmentRow>
      <CountRow counts={[{ value: 4, unit: 'invocations' }, { value: 1, unit: 'error', tone: 'bad' }, { value: 0, unit: 'throttled' }]} />
    </NodeFrame>
  );
}

function DeadLetterCards(): ReactNode {
  return (
    <>
      <NodeFrame name="jobs-dlq" type="Dead-letter queue" icon="dead-letter" tone="bad" width={228} height={88} failing ports={<Port side="top" />} alert={{ icon: 'warn', tone: 'warn', text: 'Nothing reads from here' }}>
        <div className="ui-row" style={{ height: 26 }}>
          <TokenShape kind="message" size={20} digit={3} />
          <CountRow counts={[{ value: 1, unit: 'message' }, { unit: 'poison clip' }]} />
        </div>
      </NodeFrame>
      <NodeFrame name="jobs-dlq?" type="Add a queue here" icon="dead-letter" tone="message" width={228} height={88} ghost>
        <p className="ui-small ui-sub">Drop a queue, or press Enter</p>
      </NodeFrame>
      <NodeFrame name="renditions" type="S3 bucket" icon="bucket" tone="object" width={204} dimmed ports={ports}>
        <CountRow counts={[{ value: 15, unit: 'objects' }, { unit: '20.6\u00a0MB' }]} />
      </NodeFrame>
    </>
  );
}

function QueueForms(): ReactNode {
  const items = waiting.slice(0, 3);
  return (
    <>
      <NodeFrame name="jobs" type="SQS queue" icon="queue" tone="message" form="far" fact="7 waiting" width={188} />
      <NodeFrame name="jobs" type="SQS queue" icon="queue" tone="message" width={188}>
        <StackRow items={items} tail={'oldest 9.1\u00a0s'} />
        <CountRow counts={[{ value: 4, unit: 'visible' }, { value: 3, unit: 'in flight' }]} />
      </NodeFrame>
      <NodeFrame name="jobs" type="SQS queue" icon="queue" tone="message" form="near" width={232}>
        <StackRow items={items} tail="4, 3, 0" />
        <CountRow line counts={[{ value: 'm-7', unit: '' }, { unit: 'attempt 2' }, { unit: 'back in 7.4\u00a0s' }]} />
        <CountRow line counts={[{ value: 'm-9', unit: '' }, { unit: 'attempt 1' }, { unit: 'back in 10.9\u00a0s' }]} />
        <CountRow line counts={[{ unit: 'hides for 12\u00a0s, gives up after 3' }]} />
      </NodeFrame>
    </>
  );
}

function SmallForms(): ReactNode {
  return (
    <div className="gallery-cards">
      <NodeFrame name="transcode" type="Lambda, Node 22" icon="function" tone="invocation" form="far" fact="2 busy, 1 cold" width={304} height={168} keepBody>
        <EnvironmentRow>
          <EnvironmentCell state="warm" label="e-1" />
          <EnvironmentCell state="busy" label="e-2" progress={0.4} />
          <EnvironmentCell state="provisioned" label="e-3" />
          <EnvironmentCell state="empty" />
        </EnvironmentRow>
      </NodeFrame>
      <NodeFrame name="jobs" type="SQS queue" icon="queue" tone="message" form="row" fact={'m-7 back in 11.9\u00a0s'} width={234} />
    </div>
  );
}

function Travel(): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [fontsReady, setFontsReady] = useState(false);
  useEffect(() => void document.fonts.ready.then(() => setFontsReady(true)), []);
  useEffect(() => {
    const element = canvas.current;
    const ctx = element?.getContext('2d');
    if (!element || !ctx) return;
    const halo = getComputedStyle(element).getPropertyValue('--canvas').trim();
    ctx.setTransform(2, 0, 0, 2, 0, 0);
    ctx.clearRect(0, 0, 420, 44);
    kinds.forEach((shape, at) => {
      const color = computedTone(element, shape);
      const common = { shape, y: 22, angle: at * 0.4, color, halo };
      drawToken(ctx, { ...common, x: 24 + at * 96, digit: String(at + 1) });
      drawToken(ctx, { ...common, x: 60 + at * 96, digit: '2', copy: true, ...(at === 3 ? { count: 8 } : {}) });
    });
  }, [fontsReady]);
  return (
    <>
      <div className="gallery-wrap" style={{ gap: 16, marginBottom: 14 }}>
        {kinds.map((kind) => (
          <span key={kind} className="ui-row">
            <TokenShape kind={kind} digit={kind === 'invocation' ? 1 : undefined} />
            {kind}
          </span>
        ))}
        <span className="ui-row">
          <TokenShape kind="message" digit={2} />
          second attempt
        </span>
        <span className="ui-row">
          <TokenShape kind="message" copy />
          copy
        </span>
      </div>
      <canvas ref={canvas} width={840} height={88} style={{ width: 420, height: 44 }} aria-hidden />
    </>
  );
}

function Cells(): ReactNode {
  return (
    <div style={{ maxWidth: 560 }}>
      <EnvironmentRow columns={7} more="+ 6">
        <EnvironmentCell state="starting" label="e-3" progress={0.55} />
        <EnvironmentCell state="busy" label="e-1" progress={0.62} />
        <EnvironmentCell state="warm" label="e-2" />
        <EnvironmentCell state="failed" label="e-4" />
        <EnvironmentCell state="ending" label="e-0" />
        <EnvironmentCell state="provisioned" label="e-5" />
        <EnvironmentCell state="empty" />
      </EnvironmentRow>
    </div>
  );
}

function Measures(): ReactNode {
  const [depth, setDepth] = useState(3);
  return (
    <div className="gallery-wrap">
      <div style={{ width: 200 }}>
        <Gauge label="Concurrency" value={depth} max={10} text={`${depth} of 10`} toneOf={(smoothed) => (smoothed > 7 ? 'bad' : 'invocation')} />
      </div>
      <Button size="s" onClick={() => setDepth((before) => (before === 3 ? 9 : 3))}>
        Change
      </Button>
      <Sparkline label="Queue depth, now 7" values={[0, 2, 3, 3, 6, 4, 4, 7]} tone="message" area stepped />
      <Sparkline label="Errors, now 1" values={[0, 1, 0, 4, 2, 1]} tone="bad" />
    </div>
  );
}
