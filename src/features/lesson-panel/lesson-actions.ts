/** What the panel does to the page: opens lessons without losing anybody's scenario, applies patches, runs from the start, shows moments. */
import type { LessonFiles } from '../../lesson/grade.ts';
import { loadLesson } from '../../lesson/loader.ts';
import { applyPatches } from '../../lesson/patch.ts';
import type { Patch } from '../../lesson/schema.ts';
import { documentNow, fromTheStart } from '../../scenario/scenario.store.ts';
import type { Origin } from '../../scenario/scenario.store.ts';
import type { ScenarioDocument } from '../../scenario/schema.ts';
import { validateScenario } from '../../scenario/validate.ts';
import { manifestById } from '../../services/manifests.ts';
import type { TraceEvent } from '../../sim/trace.ts';
import type { LessonServices } from './lesson-services.ts';

interface SetAside {
  readonly document: ScenarioDocument;
  readonly origin: Origin;
}

function readAside(text: string | null): SetAside | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<SetAside> | null;
    const check = validateScenario(value?.document, manifestById);
    return check.ok ? { document: check.document, origin: value?.origin ?? { kind: 'own' } } : null;
  } catch {
    return null;
  }
}

/** Keeps what is open now, before a lesson takes its place: the visitor's own scenario under a key of its own, a lesson's design under that lesson's. */
export function setAside({ scenario, lessons }: LessonServices): void {
  const state = scenario.getState();
  if (state.origin.kind === 'lesson') return keepWork(scenario.getState(), lessons);
  if (!state.changed && lessons.own.get() !== null && state.origin.kind === 'template') return;
  lessons.own.set(JSON.stringify({ document: documentNow(state), origin: state.origin } satisfies SetAside));
}

/** Keeps the learner's design of a lesson. */
export function keepWork(state: ReturnType<LessonServices['scenario']['getState']>, lessons: LessonServices['lessons']): void {
  if (state.origin.kind === 'lesson' && state.origin.id !== undefined && state.changed) lessons.work.set(state.origin.id, JSON.stringify({ document: fromTheStart(state.design), origin: state.origin } satisfies SetAside));
}

/** The scenario that was open before the first lesson, by name; null when there is none. */
export function ownName({ lessons }: LessonServices): string | null {
  return readAside(lessons.own.get())?.document.base.name ?? null;
}

/** Opens a lesson: where the learner left it, or at its start. Rejects with LessonError when its files do not fit. */
export async function openLesson(services: LessonServices, id: string): Promise<void> {
  const files = await loadLesson(id);
  setAside(services);
  services.lessons.openLesson(files);
  services.open(readAside(services.lessons.work.get(id))?.document ?? files.start, { kind: 'lesson', id });
}

/** After a reload: the scenario of a lesson is open, so its panel is too. Nothing of the scenario changes. */
export async function resumeLesson(services: LessonServices): Promise<void> {
  const { origin } = services.scenario.getState();
  if (origin.kind === 'lesson' && origin.id !== undefined) services.lessons.openLesson(await loadLesson(origin.id));
}

/** The learner's own scenario takes its place again, as it was. */
export function backToOwn(services: LessonServices): void {
  const own = readAside(services.lessons.own.get());
  if (own === null) return;
  setAside(services);
  services.lessons.closeLesson();
  services.open(own.document, own.origin);
  // Seen as a change, so that autosave keeps it in place of the lesson's scenario.
  services.scenario.setState((state) => ({ design: { ...state.design }, changed: true }));
  services.lessons.own.set(null);
}

/** The lesson's start, as if nobody had been here. */
export function startOver(services: LessonServices, files: LessonFiles): void {
  const { id } = files.lesson.front;
  services.lessons.work.set(id, null);
  services.open(files.start, { kind: 'lesson', id });
}

/** Shows the lesson's start; a design that was changed is kept and can be taken up again. */
export function showStart(services: LessonServices, files: LessonFiles): void {
  setAside(services);
  services.open(files.start, { kind: 'lesson', id: files.lesson.front.id });
}

/** The learner's kept design, when it is not what is shown. */
export function keptWork(services: LessonServices, id: string): ScenarioDocument | null {
  const { origin, changed } = services.scenario.getState();
  if (origin.kind === 'lesson' && origin.id === id && changed) return null;
  const kept = readAside(services.lessons.work.get(id))?.document ?? null;
  return kept && JSON.stringify(kept.base) !== JSON.stringify(services.scenario.getState().design) ? kept : null;
}

/** Applies patches as one undo step. Answers why not, or null. */
export function applyToDesign(services: LessonServices, label: string, patches: readonly Patch[], handlers: Readonly<Record<string, string>>): string | null {
  const { design } = services.scenario.getState();
  try {
    const after = applyPatches({ base: design, inputs: [] }, patches, handlers).base;
    const check = validateScenario({ base: after, inputs: [] }, manifestById);
    if (!check.ok) return `${check.issues[0]?.message ?? 'It does not fit.'} Undo, or start over.`;
    services.scenario.apply(label, () => after);
    return null;
  } catch (error) {
    return `This does not fit your design: ${error instanceof Error ? error.message : String(error)}. Undo, or start over.`;
  }
}

/** The design as it is now, at t = 0: what was recorded in the run before is given up. */
export function loadFromStart({ scenario, client }: LessonServices): void {
  const document = fromTheStart(scenario.getState().design);
  scenario.setRecorded(document);
  client.load(document);
}

/** Runs the design as it is now from t = 0, as far as it is graded. */
export function runFromStart(services: LessonServices, untilMs: number): void {
  services.view.setState({ asked: null });
  loadFromStart(services);
  services.time.seek(untilMs * 1_000);
}

/** Goes to the moment of an event and asks why. */
export function showMoment(services: LessonServices, event: TraceEvent): void {
  services.time.pause();
  services.time.seek(Math.max(0, event.at));
  services.view.ask(event.seq);
}
