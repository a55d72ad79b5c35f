import { describe, expect, it } from 'vitest';
import { parseLesson } from './parse.ts';

const text = (doStep: string, prose = 'Make *sure* that **nothing** is lost, see `jobs`.'): string => `---
id: 18-when-it-never-works
chapter: { number: 3, title: How work arrives }
title: When it never works
surprise: It vanishes.
minutes: 5
noteLines: [112, 113]
facts: ['lambda.md §8.2']
uses: [lambda, sqs]
proof:
  withheld:
    - concept: a destination
      patch: [{ do: remove-edge, edge: e1 }]
      fails: kept
---

## Do: keep it

${prose}

\`\`\`yaml
${doStep}
\`\`\`
`;
const good = `runMs: 300000
hints: []
checks:
  - id: kept
    goal: Every failed event ends in a queue
    property: { is: eventually, event: { kind: sqs.MessageSent } }
    fails: Nothing arrived.`;

describe('Lesson text', () => {
  it('becomes front matter, prose runs and typed steps', () => {
    const lesson = parseLesson('18', text(good));
    expect(lesson.front).toMatchObject({ id: '18-when-it-never-works', locked: [], noteLines: [112, 113] });
    const step = lesson.steps[0]!;
    expect(step).toMatchObject({ kind: 'do', heading: 'Do: keep it', data: { runMs: 300_000, checks: [{ id: 'kept', bonus: false }] } });
    expect(step.prose[0]!.runs.map((run) => `${run.mark}:${run.text}`)).toEqual(['plain:Make ', 'emphasis:sure', 'plain: that ', 'strong:nothing', 'plain: is lost, see ', 'code:jobs', 'plain:.']);
  });

  it.each([
    ['an unknown member of a check', text(good.replace('fails:', 'fials:')), /step 'Do: keep it'.*checks\.0/],
    ['a property that does not exist', text(good.replace('eventually', 'someday')), /property/],
    ['broken YAML', text('checks: [}'), /no YAML/],
    ['more than 120 words in a step', text(good, 'word '.repeat(121)), /121 words, at most 120/],
    ['a text without front matter', '## Do', /front matter/],
    ['a heading that is no step', text(good).replace('## Do', '## Ponder'), /a step is one of/],
  ])('is refused with its place: %s', (_, bad, message) => {
    expect(() => parseLesson('18', bad)).toThrow(message);
  });
});
