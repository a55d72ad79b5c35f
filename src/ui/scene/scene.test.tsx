import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { CountRow } from './count-row.tsx';
import { EnvironmentCell, type EnvironmentState } from './environment-cell.tsx';
import { NodeFrame } from './node-frame.tsx';
import { sparkPath } from './sparkline.tsx';
import { StackRow } from './stack-row.tsx';
import { paletteOf } from './thumb-art.ts';
import { Thumb } from './thumb.tsx';
import { attemptDigit, copyPaths, tokenPaths, type TokenKind } from './token-paths.ts';

const states: readonly EnvironmentState[] = ['starting', 'busy', 'warm', 'failed', 'ending', 'provisioned', 'empty'];

describe('environment cell', () => {
  it('draws every state differently, not by colour alone', () => {
    const colourless = states.map((state) => renderToStaticMarkup(<EnvironmentCell state={state} progress={0.5} word="" />).replace(/var\(--[\w-]+\)/g, '').replace(/data-state="\w+"/, ''));
    expect(new Set(colourless).size).toBe(states.length);
  });

  it('says each state in a word, and the empty place says nothing', () => {
    const words = states.map((state) => renderToStaticMarkup(<EnvironmentCell state={state} />).match(/<span>(.*)<\/span>/)?.[1]);
    expect(words).toEqual(['cold start', 'busy', 'warm', 'failed', 'ending', 'warm', undefined]);
  });

  it('fills the border of a busy one by its progress and writes it inside', () => {
    const html = renderToStaticMarkup(<EnvironmentCell state="busy" progress={0.62} />);
    expect(html).toContain('stroke-dasharray="62.0 100"');
    expect(html).toContain('>62</text>');
  });

  it('takes progress outside 0 to 1 as its nearest end', () => {
    expect(renderToStaticMarkup(<EnvironmentCell state="busy" progress={7} />)).toContain('>100</text>');
    expect(renderToStaticMarkup(<EnvironmentCell state="starting" progress={-1} />)).toContain('height="0"');
  });
});

describe('node frame', () => {
  const frame = (form: 'far' | 'mid' | 'near' | 'row', keepBody = false): string =>
    renderToStaticMarkup(
      <NodeFrame name="jobs" type="SQS queue" icon="queue" tone="message" form={form} fact="7 waiting" keepBody={keepBody}>
        <p>body</p>
      </NodeFrame>,
    );

  it('shows its body near and mid, and one fact instead far away and in the phone row', () => {
    for (const form of ['mid', 'near'] as const) {
      expect(frame(form)).toContain('body');
      expect(frame(form)).not.toContain('7 waiting');
    }
    for (const form of ['far', 'row'] as const) {
      expect(frame(form)).not.toContain('<p>');
      expect(frame(form)).toContain('7 waiting');
    }
  });

  it('keeps the body of a function in every form', () => {
    expect(frame('far', true)).toContain('<p>body</p>');
  });

  it('names its alert for readers', () => {
    const html = renderToStaticMarkup(<NodeFrame name="a" type="b" icon="queue" tone="message" alert={{ icon: 'lock', tone: 'bad', text: 'The role may not do this' }} />);
    expect(html).toContain('role="img" aria-label="The role may not do this"');
  });

  it('shows marks after its type, each with a name, and takes no room in the head for them', () => {
    const html = renderToStaticMarkup(<NodeFrame name="a" type="b" icon="queue" tone="message" marks={[{ icon: 'fault', text: 'Faults strike here' }]} />);
    expect(html).toMatch(/<small>b<span title="Faults strike here"><svg[^>]*data-icon="fault"[^>]*aria-label="Faults strike here"/);
  });
});

describe('stack row', () => {
  it('shows six shapes and counts the rest', () => {
    const items = Array.from({ length: 9 }, (_, at) => ({ id: `m-${at}`, state: 'visible' as const }));
    const html = renderToStaticMarkup(<StackRow items={items} />);
    expect(html.match(/<svg/g)).toHaveLength(6);
    expect(html).toContain('+ 3');
  });

  it('leaves room for the words at the right', () => {
    const items = Array.from({ length: 9 }, (_, at) => ({ id: `m-${at}`, state: 'visible' as const }));
    const html = renderToStaticMarkup(<StackRow items={items} tail="oldest 1 min" />);
    expect(html.match(/<svg/g)).toHaveLength(3);
    expect(html).toContain('+ 6');
    expect(renderToStaticMarkup(<StackRow items={items.slice(0, 4)} tail="oldest 1 min" />).match(/<svg/g)).toHaveLength(4);
  });

  it('counts what it was not given, when it is told the total', () => {
    expect(renderToStaticMarkup(<StackRow items={[{ id: 'm-1', state: 'visible' }]} total={1000} />)).toContain('+ 999');
  });

  it('says so when nothing waits', () => {
    expect(renderToStaticMarkup(<StackRow items={[]} empty="Nothing waiting" />)).toContain('Nothing waiting');
  });
});

describe('tokens', () => {
  const kinds = Object.keys(tokenPaths) as TokenKind[];

  it('have a shape of their own for each kind, and another for a copy', () => {
    expect(new Set([...Object.values(tokenPaths), ...Object.values(copyPaths)]).size).toBe(kinds.length * 2);
  });

  it('show the attempt from 2 on, and from 1 for invocations', () => {
    expect(kinds.map((kind) => attemptDigit(kind, 1))).toEqual([undefined, undefined, undefined, '1']);
    expect(kinds.map((kind) => attemptDigit(kind, 2))).toEqual(['2', '2', '2', '2']);
  });
});

describe('small pictures', () => {
  it('give one clip the same drawing every time and different clips different ones', () => {
    expect(paletteOf('kayak.mp4')).toBe(paletteOf('kayak.mp4'));
    expect(new Set(['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4', 'e.mp4', 'f.mp4'].map(paletteOf)).size).toBeGreaterThan(1);
  });

  it('say in words that a clip is unreadable', () => {
    expect(renderToStaticMarkup(<Thumb alt="broken.mp4" broken />)).toContain('aria-label="broken.mp4, unreadable"');
  });

  it('put numbers in bold with grouped digits and their unit after', () => {
    expect(renderToStaticMarkup(<CountRow counts={[{ value: 12345, unit: 'objects' }]} />)).toContain('>12,345</b> objects');
  });

  it('draw a measure from left to right, its largest value at the top', () => {
    const box = { width: 100, height: 20, max: 4, stepped: false };
    expect(sparkPath([0, 4, 2], box)).toBe('M0 20.00L50.00 0.00L100.00 10.00');
    expect(sparkPath([0, 4], { ...box, stepped: true })).toBe('M0 20.00H100.00V0.00');
    expect(sparkPath([], box)).toBe('');
  });
});
