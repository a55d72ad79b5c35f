/** EventBridge's operation table: a table of contents. */
import type { OperationTable } from '../../../../sim/service.ts';
import type { EventsState, EventsTuning } from '../state.ts';
import { archiveOperations } from './archives.ts';
import { busOperations } from './buses.ts';
import { partnerOperations } from './partners.ts';
import { putOperations } from './put-events.ts';
import { replayOperations } from './replays.ts';
import { ruleOperations } from './rules.ts';
import { tagOperations } from './tags.ts';
import { targetOperations } from './targets.ts';

export const eventsOperations: OperationTable<EventsState, EventsTuning> = { ...putOperations, ...ruleOperations, ...targetOperations, ...busOperations, ...archiveOperations, ...replayOperations, ...partnerOperations, ...tagOperations };
