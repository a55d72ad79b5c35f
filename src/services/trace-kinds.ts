/** The documented kinds of trace events of every service, found by folder, and of load: what narration says of an event. Loaded by the parts of the page that tell. */
import { STIMULI_KINDS } from '../sim/stimuli-kinds.ts';
import type { TraceKind } from '../sim/trace.ts';

const modules = import.meta.glob<Readonly<Record<string, Readonly<Record<string, TraceKind>>>>>('./*/model/trace-kinds.ts', { eager: true });

/** Kind of event (`sqs.MessageSent`) → its sentence, level and severity. */
export const traceKinds: ReadonlyMap<string, TraceKind> = new Map<string, TraceKind>([
  ...Object.entries(STIMULI_KINDS),
  ...Object.entries(modules)
    .filter(([path]) => !path.startsWith('./_'))
    .flatMap(([, module]) => Object.values(module).flatMap((table) => Object.entries(table))),
]);
