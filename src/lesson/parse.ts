/** From the text of a lesson.md to a Lesson: Markdown for people, YAML blocks for machines, every mistake with its place. */
import type { PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { parse as parseYaml } from 'yaml';
import type { z } from 'zod';
import { frontMatterSchema, STEP_KINDS, STEP_WORDS_MAX, stepSchemas } from './schema.ts';
import type { Lesson, ProseBlock, Step, StepKind } from './schema.ts';

/** A lesson that does not fit its schema. The message names the lesson, the step and the member. */
export class LessonError extends Error {
  constructor(where: string, message: string) {
    super(`${where}: ${message}`);
    this.name = 'LessonError';
  }
}

/**
 * `name` is used in messages. The text begins with YAML front matter between `---` lines; each `## Recall`, `## Predict`, `## Watch`,
 * `## Do`, `## Break` or `## Rule` is a step, with prose and one fenced `yaml` block.
 */
export function parseLesson(name: string, text: string): Lesson {
  const match = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text);
  if (!match) throw new LessonError(name, 'begins with front matter between --- lines');
  const front = checked(name, 'front matter', frontMatterSchema, match[1]!);
  const steps: Step[] = [];
  for (const section of sectionsOf(fromMarkdown(match[2]!).children)) steps.push(stepOf(name, section));
  if (!steps.some((step) => step.kind === 'do')) throw new LessonError(name, 'needs a step ## Do');
  return { front, steps };
}

interface Section {
  readonly heading: string;
  readonly content: RootContent[];
}

function sectionsOf(children: readonly RootContent[]): readonly Section[] {
  const sections: Section[] = [];
  for (const child of children) {
    if (child.type === 'heading' && child.depth === 2) sections.push({ heading: textOf(child.children), content: [] });
    else sections[sections.length - 1]?.content.push(child);
  }
  return sections;
}

function stepOf(name: string, section: Section): Step {
  const where = `${name}, step '${section.heading}'`;
  const kind = section.heading.split(/[\s:.]/)[0]!.toLowerCase() as StepKind;
  if (!STEP_KINDS.includes(kind)) throw new LessonError(where, `a step is one of ${STEP_KINDS.join(', ')}`);
  const blocks = section.content.flatMap((node) => (node.type === 'code' && node.lang === 'yaml' ? [node.value] : []));
  if (blocks.length !== 1) throw new LessonError(where, `needs one yaml block, has ${blocks.length}`);
  const prose = section.content.flatMap(proseOf);
  const words = prose.flatMap((block) => block.runs.map((run) => run.text).join('').split(/\s+/)).filter((word) => word !== '').length;
  if (words > STEP_WORDS_MAX) throw new LessonError(where, `has ${words} words, at most ${STEP_WORDS_MAX}`);
  const data = checked(where, 'yaml', stepSchemas[kind] as z.ZodType, blocks[0]!);
  return { kind, heading: section.heading, prose, data } as Step;
}

function checked<T>(where: string, what: string, schema: z.ZodType<T>, yaml: string): T {
  let value: unknown;
  try {
    value = parseYaml(yaml);
  } catch (error) {
    throw new LessonError(where, `${what} is no YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new LessonError(where, `${what}, ${issue.path.map(String).join('.') || 'all of it'}: ${issue.message}`);
}

function proseOf(node: RootContent): ProseBlock[] {
  if (node.type === 'paragraph') return [{ kind: 'paragraph', runs: runsOf(node.children, 'plain') }];
  if (node.type === 'list') {
    return node.children.flatMap((item) => item.children.flatMap((child) => (child.type === 'paragraph' ? [{ kind: 'item' as const, runs: runsOf(child.children, 'plain') }] : [])));
  }
  return [];
}

type Run = ProseBlock['runs'][number];

function runsOf(children: readonly PhrasingContent[], mark: Run['mark']): Run[] {
  return children.flatMap((child): Run[] => {
    if (child.type === 'text') return [{ text: child.value.replace(/\s*\n\s*/g, ' '), mark }];
    if (child.type === 'inlineCode') return [{ text: child.value, mark: 'code' }];
    if (child.type === 'strong') return runsOf(child.children, 'strong');
    if (child.type === 'emphasis') return runsOf(child.children, 'emphasis');
    if (child.type === 'link') return runsOf(child.children, mark);
    return [];
  });
}

function textOf(children: readonly PhrasingContent[]): string {
  return runsOf(children, 'plain')
    .map((run) => run.text)
    .join('');
}
