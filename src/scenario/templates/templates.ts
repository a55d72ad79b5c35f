/** All templates, in the gallery's order. The first is what a first visit opens. */
import { fanOut } from './fan-out/template.ts';
import { idempotentWriter } from './idempotent-writer/template.ts';
import { partnerThatFails } from './partner-that-fails/template.ts';
import { queueAndWorker } from './queue-and-worker/template.ts';
import { rulesOfABus } from './rules-of-a-bus/template.ts';
import { straightFromS3 } from './straight-from-s3/template.ts';
import { template } from './template.ts';
import type { Template } from './template.ts';
import { videoPipeline } from './video-pipeline/template.ts';
import { weekdaysAtNine } from './weekdays-at-nine/template.ts';

export const emptyCloud = template({ id: 'empty-cloud', title: 'Empty cloud', summary: 'Nothing yet. Drag a bucket in, or press B.', seed: 1 });

export const templates: readonly Template[] = [videoPipeline, straightFromS3, queueAndWorker, idempotentWriter, partnerThatFails, rulesOfABus, fanOut, weekdaysAtNine, emptyCloud];

export const templateById: ReadonlyMap<string, Template> = new Map(templates.map((entry) => [entry.id, entry]));
