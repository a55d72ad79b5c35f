/** A scenario with load of every kind, for tests of the runner. */
import type { ScenarioDocument } from '../scenario/schema.ts';

const position = { x: 0, y: 0 };
/** Load on a queue with a dead-letter queue: Poisson arrivals, a burst, a list, and somebody who polls now and then. */
export const loaded: ScenarioDocument = {
  base: {
    version: 1,
    name: 'Load on a queue',
    startAt: '2026-03-01T12:00:00Z',
    seed: 7,
    nodes: [
      { id: 'jobs', service: 'sqs', config: { name: 'jobs', VisibilityTimeout: 2 }, position },
      { id: 'dead', service: 'sqs', config: { name: 'jobs-dlq' }, position },
    ],
    edges: [{ id: 'r', from: 'jobs', to: 'dead', port: 'sqs.redrive', config: { maxReceiveCount: 2 }, grant: true }],
    stimuli: [
      { id: 'arrivals', node: 'jobs', call: { service: 'sqs', operation: 'SendMessage', input: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs', MessageBody: 'hello' } }, arrivals: { kind: 'poisson', perSec: 5, fromMs: 0, untilMs: 20_000 } },
      { id: 'polls', call: { service: 'sqs', operation: 'ReceiveMessage', input: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs', MaxNumberOfMessages: 10 } }, arrivals: { kind: 'constant', everyMs: 1_500, fromMs: 500, untilMs: 30_000 } },
      { id: 'burst', call: { service: 'sqs', operation: 'SendMessage', input: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs', MessageBody: 'all at once' } }, arrivals: { kind: 'burst', atMs: 4_000, count: 20 } },
      { id: 'list', call: { service: 'sqs', operation: 'SendMessage', input: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs', MessageBody: 'listed' } }, arrivals: { kind: 'list', atMs: [0, 0, 7_000] } },
    ],
    faults: [],
  },
  inputs: [],
};
