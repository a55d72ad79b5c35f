import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ProgressBar } from '../feedback/progress-bar.tsx';
import { Field } from './field.tsx';
import { NumberField, rangeRefusal } from './number-field.tsx';

const range = { min: 128, max: 10240, step: 1, unit: 'MB' };

describe('number field', () => {
  it('names the range that a number leaves', () => {
    expect(rangeRefusal(50000, range)).toBe('From 128 to 10,240\u00a0MB.');
    expect(rangeRefusal(0, { ...range, max: undefined })).toBe('At least 128\u00a0MB.');
    expect(rangeRefusal(11, { min: undefined, max: 10, step: 1, unit: undefined })).toBe('At most 10.');
    expect(rangeRefusal(128, range)).toBeUndefined();
  });

  it('asks for whole numbers when it steps by whole numbers', () => {
    expect(rangeRefusal(128.5, range)).toBe('Whole numbers only.');
    expect(rangeRefusal(128.5, { ...range, step: 0.5 })).toBeUndefined();
  });

  it('shows grouped digits and the unit, and the placeholder without a unit', () => {
    const html = renderToStaticMarkup(<NumberField label="Memory" value={1769} unit="MB" onCommit={() => undefined} />);
    expect(html).toContain('value="1,769"');
    expect(html).toContain('MB</span>');
    const empty = renderToStaticMarkup(<NumberField label="Reserved" value={undefined} unit="MB" optional onCommit={() => undefined} />);
    expect(empty).toContain('placeholder="none"');
    expect(empty).not.toContain('MB</span>');
  });
});

describe('field', () => {
  it('ties label, help and refusal to its control', () => {
    const html = renderToStaticMarkup(
      <Field label="Timeout" help="1 to 900 s." error="Too long.">
        {(control) => <input {...control} />}
      </Field>,
    );
    const id = html.match(/<input id="([^"]+)"/)?.[1] ?? '';
    expect(html).toContain(`for="${id}"`);
    const described = html.match(/aria-describedby="([^"]+)"/)?.[1]?.split(' ') ?? [];
    expect(described).toHaveLength(2);
    for (const name of described) expect(html).toContain(`id="${name}"`);
    expect(html).toContain('aria-invalid="true"');
  });

  it('is not invalid and describes nothing without help and refusal', () => {
    const html = renderToStaticMarkup(<Field label="Timeout">{(control) => <input {...control} />}</Field>);
    expect(html).not.toContain('aria-invalid');
    expect(html).not.toContain('aria-describedby');
  });
});

describe('progress', () => {
  it('has a name and a size in words as well as a share', () => {
    const html = renderToStaticMarkup(<ProgressBar name="ffmpeg, once" size="12.4 of 31.2 MB" value={0.397} />);
    expect(html).toContain('aria-label="ffmpeg, once"');
    expect(html).toContain('aria-valuetext="12.4 of 31.2 MB"');
    expect(html).toContain('aria-valuenow="40"');
  });

  it('claims no share when nobody can know one', () => {
    expect(renderToStaticMarkup(<ProgressBar name="Seek" size="a moment" />)).not.toContain('aria-valuenow');
  });
});
