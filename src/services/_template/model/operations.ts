/** The operation table: one row for each AWS operation, with its schema, its permission and what it can answer with. */
import { z } from 'zod';
import { AwsError } from '../../../sim/errors.ts';
import { operation } from '../../../sim/service.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { counterArn } from './state.ts';
import type { Counter, TemplateContext, TemplateState, TemplateTuning } from './state.ts';

/** Name the page or sheet that a row was modelled after, with its date. */
const SOURCE = 'Coldstart: an example, no AWS service';
const byName = (context: TemplateContext, input: { Name: string }): string => counterArn(context, input.Name);

function counterOf(context: TemplateContext, name: string): Counter {
  const counter = context.state.counters.get(name);
  if (counter === undefined) throw new AwsError('ResourceNotFoundException', `Counter ${name} does not exist.`, { status: 404 });
  return counter;
}

export const templateOperations: OperationTable<TemplateState, TemplateTuning> = {
  CreateCounter: operation({
    input: z.object({ Name: z.string(), StepMax: z.int().min(1).optional() }),
    action: 'template:CreateCounter',
    resource: byName,
    writes: true,
    errors: ['ResourceAlreadyExistsException'],
    source: SOURCE,
    handle: (context: TemplateContext, input) => {
      if (context.state.counters.has(input.Name)) throw new AwsError('ResourceAlreadyExistsException', `Counter ${input.Name} already exists.`, { status: 409 });
      const arn = counterArn(context, input.Name);
      context.state.counters.set(input.Name, { name: input.Name, arn, stepMax: input.StepMax ?? 10, value: 0, countedMs: 0 });
      context.emit('template.CounterCreated', arn, { name: input.Name });
      return { CounterArn: arn };
    },
  }),
  UpdateCounter: operation({
    input: z.object({ Name: z.string(), StepMax: z.int().min(1) }),
    action: 'template:UpdateCounter',
    resource: byName,
    writes: true,
    errors: ['ResourceNotFoundException'],
    source: SOURCE,
    handle: (context: TemplateContext, input) => {
      const counter = counterOf(context, input.Name);
      context.state.counters.set(input.Name, { ...counter, stepMax: input.StepMax });
      return {};
    },
  }),
  Count: operation({
    input: z.object({ Name: z.string(), Step: z.int().min(1).optional() }),
    action: 'template:Count',
    resource: byName,
    writes: true,
    errors: ['ResourceNotFoundException', 'ValidationException'],
    source: SOURCE,
    handle: (context: TemplateContext, input) => {
      const counter = counterOf(context, input.Name);
      const step = input.Step ?? 1;
      if (step > counter.stepMax) throw new AwsError('ValidationException', `Step ${step} is larger than ${counter.stepMax}.`);
      counter.value += step;
      counter.countedMs = context.epochMs;
      // Subjects are what 'follow' goes by; every number in the data is whole.
      context.emit('template.Counted', counter.arn, { step, value: counter.value }, { subjects: [`${counter.name}#${counter.value}`] });
      return { Value: counter.value };
    },
  }),
  DeleteCounter: operation({
    input: z.object({ Name: z.string() }),
    action: 'template:DeleteCounter',
    resource: byName,
    writes: true,
    errors: ['ResourceNotFoundException'],
    source: SOURCE,
    handle: (context: TemplateContext, input) => {
      const counter = counterOf(context, input.Name);
      context.state.counters.delete(input.Name);
      context.emit('template.CounterDeleted', counter.arn, { value: counter.value });
      return {};
    },
  }),
};
