/** Handlers to start from: what each is for and what it needs. Their code is fetched when one is chosen. */
import { calledOver, calls, deadLetters, layer, polls, timeout, variable } from './needs.ts';
import type { Need } from './needs.ts';

export interface HandlerTemplate {
  readonly id: string;
  readonly title: string;
  readonly needs: readonly Need[];
  /** The text of a module that exports `handler`. */
  readonly code: () => Promise<string>;
}

export const handlerTemplates: readonly HandlerTemplate[] = [
  {
    id: 'thumbnailer',
    title: 'Thumbnailer',
    needs: [
      calledOver(['s3.notification', 'events.rule'], 'events of a bucket'),
      calls('lambda.reads', ['s3'], 'a bucket to read'),
      calls('lambda.writes', ['s3'], 'a bucket to write'),
      variable('THUMBNAILS'),
      layer('ffmpeg'),
      timeout(30),
    ],
    code: async () => (await import('./thumbnailer.mjs?raw')).default,
  },
  {
    id: 'idempotent-writer',
    title: 'Idempotent writer',
    needs: [polls({}, 'a queue to work off'), calls('lambda.writes', ['dynamodb'], 'a table to write'), variable('TABLE')],
    code: async () => (await import('./idempotent-writer.mjs?raw')).default,
  },
  {
    id: 'partial-batch',
    title: 'Batch with partial failures',
    needs: [polls({ ReportBatchItemFailures: true }, 'a queue whose mapping reports batch item failures')],
    code: async () => (await import('./partial-batch.mjs?raw')).default,
  },
  {
    id: 'fan-out',
    title: 'Fan-out',
    needs: [calls('lambda.writes', ['sqs', 'sns'], 'a topic or a queue to write'), variable('TOPIC_ARN', 'QUEUE_URL')],
    code: async () => (await import('./fan-out.mjs?raw')).default,
  },
  {
    id: 'poison',
    title: 'Poison messages',
    needs: [polls({ BatchSize: 1 }, 'a queue to work off one by one'), deadLetters, calls('lambda.writes', ['sqs'], 'a queue to set aside in'), variable('ASIDE_URL')],
    code: async () => (await import('./poison.mjs?raw')).default,
  },
];
