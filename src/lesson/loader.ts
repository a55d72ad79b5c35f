/** Finds the lessons under lessons/ and reads one when it is asked for: a new lesson is a new folder, nothing here changes. Data only; nothing in a lesson is run. */
import { scenarioSchema } from '../scenario/schema.ts';
import type { ScenarioDocument } from '../scenario/schema.ts';
import { z } from 'zod';
import type { LessonFiles } from './grade.ts';
import { LessonError, parseLesson } from './parse.ts';
import { applyPatches } from './patch.ts';
import { patchSchema } from './schema.ts';
import type { FrontMatter } from './schema.ts';

type Lazy<T> = Readonly<Record<string, () => Promise<T>>>;
const texts: Lazy<string> = import.meta.glob<string>('/lessons/*/lesson.md', { query: '?raw', import: 'default' });
const documents: Lazy<unknown> = import.meta.glob('/lessons/*/{start,solution}.json', { import: 'default' });
const handlers: Lazy<string> = import.meta.glob<string>('/lessons/*/handlers/*', { query: '?raw', import: 'default' });

/** A file of a node written `"@handlers/index.mjs"` stands for the text of that handler. */
const HANDLER = /^@handlers\/(.+)$/;

const solutionSchema = z.union([z.strictObject({ patch: z.array(patchSchema).min(1) }), z.strictObject({ base: z.unknown(), inputs: z.unknown() })]);

/** What a list of lessons shows. */
export interface LessonListing {
  readonly id: string;
  readonly front: FrontMatter;
  /** Kinds of its steps, in order. */
  readonly steps: readonly string[];
}

/** Folder names, in order: `01-drop-your-clip-in`. */
export const lessonIds: readonly string[] = Object.keys(texts)
  .map((path) => path.split('/')[2]!)
  .sort();

/** Every lesson that exists, in order. @throws LessonError that names the lesson and the place */
export function listLessons(): Promise<readonly LessonListing[]> {
  return Promise.all(
    lessonIds.map(async (id) => {
      const lesson = await parsed(id);
      return { id, front: lesson.front, steps: lesson.steps.map((step) => step.kind) };
    }),
  );
}

/** One lesson with its scenarios and handlers. @throws LessonError */
export async function loadLesson(id: string): Promise<LessonFiles> {
  const lesson = await parsed(id);
  const own: Record<string, string> = {};
  for (const [path, load] of Object.entries(handlers)) if (path.startsWith(`/lessons/${id}/`)) own[path.split('/handlers/')[1]!] = await load();
  const start = readDocument(id, 'start.json', await read(id, 'start.json'), own);
  const given = solutionSchema.safeParse(await read(id, 'solution.json'));
  if (!given.success) throw new LessonError(`${id}, solution.json`, 'is a scenario, or { "patch": [ … ] } over start.json');
  const solution = 'patch' in given.data ? applyPatches(start, given.data.patch, own) : readDocument(id, 'solution.json', given.data, own);
  return { lesson, start, solution, handlers: own };
}

async function parsed(id: string): Promise<LessonFiles['lesson']> {
  const load = texts[`/lessons/${id}/lesson.md`];
  if (!load) throw new LessonError(id, 'there is no such lesson');
  const lesson = parseLesson(id, await load());
  if (lesson.front.id !== id) throw new LessonError(id, `its id is '${lesson.front.id}', and its folder '${id}'`);
  return lesson;
}

function read(id: string, file: string): Promise<unknown> {
  const load = documents[`/lessons/${id}/${file}`];
  if (!load) throw new LessonError(id, `has no ${file}`);
  return load();
}

function readDocument(id: string, file: string, value: unknown, own: Readonly<Record<string, string>>): ScenarioDocument {
  const result = scenarioSchema.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    throw new LessonError(`${id}, ${file}`, `${issue.path.map(String).join('.')}: ${issue.message}`);
  }
  const { base, inputs } = result.data;
  const nodes = base.nodes.map((node) => (node.files === undefined ? node : { ...node, files: Object.fromEntries(Object.entries(node.files).map(([name, text]) => [name, fileText(id, text, own)])) }));
  return { base: { ...base, nodes }, inputs };
}

function fileText(id: string, text: string, own: Readonly<Record<string, string>>): string {
  const name = HANDLER.exec(text)?.[1];
  if (name === undefined) return text;
  const found = own[name];
  if (found === undefined) throw new LessonError(id, `there is no handlers/${name}`);
  return found;
}
