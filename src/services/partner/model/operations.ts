/** What makes, changes and asks a partner host. It is no AWS service: these operations exist for the canvas, the inspector and tests. */
import { z } from 'zod';
import { AwsError } from '../../../sim/errors.ts';
import { DEFERRED } from '../../../sim/ports/ports.ts';
import { operation } from '../../../sim/service.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { takeRequest } from './answering.ts';
import { hostName, partnerSettings } from './settings.ts';
import { hostArn } from './state.ts';
import type { PartnerContext, PartnerHost, PartnerState, PartnerTuning } from './state.ts';

const SOURCE = 'Coldstart: somebody else’s server, no AWS service';
const Name = hostName;
const settings = z.object({ Name, ...partnerSettings });

function hostOf(context: PartnerContext, name: string): PartnerHost {
  const host = context.state.hosts.get(name);
  if (host === undefined) throw new AwsError('HostNotFound', `There is no host ${name}.`, { status: 404 });
  return host;
}

export const partnerOperations: OperationTable<PartnerState, PartnerTuning> = {
  CreateHost: operation({
    input: settings,
    action: null,
    resource: (context: PartnerContext, input) => hostArn(context, input.Name),
    writes: true,
    errors: ['HostExists'],
    source: SOURCE,
    handle: (context: PartnerContext, { Name: name, ...rest }) => {
      if (context.state.hosts.has(name)) throw new AwsError('HostExists', `There is a host ${name} already.`, { status: 409 });
      const arn = hostArn(context, name);
      context.state.hosts.set(name, { name, arn, settings: rest, totals: { requests: 0, answered: 0, failed: 0, unmatched: 0 }, newest: [] });
      context.emit('partner.HostCreated', arn, { answers: rest.Answers.length });
      return { HostArn: arn };
    },
  }),
  UpdateHost: operation({
    input: settings,
    action: null,
    resource: (context: PartnerContext, input) => hostArn(context, input.Name),
    writes: true,
    errors: ['HostNotFound'],
    source: SOURCE,
    handle: (context: PartnerContext, { Name: name, ...rest }) => {
      const host = hostOf(context, name);
      host.settings = rest;
      context.emit('partner.HostChanged', host.arn, { answers: rest.Answers.length });
      return {};
    },
  }),
  DeleteHost: operation({
    input: z.object({ Name }),
    action: null,
    resource: (context: PartnerContext, input) => hostArn(context, input.Name),
    writes: true,
    errors: ['HostNotFound'],
    source: SOURCE,
    handle: (context: PartnerContext, input) => {
      const host = hostOf(context, input.Name);
      context.state.hosts.delete(input.Name);
      context.emit('partner.HostDeleted', host.arn, { requests: host.totals.requests });
      return {};
    },
  }),
  SendRequest: operation({
    input: z.object({ Name, Method: z.string().max(16).default('GET'), Path: z.string().regex(/^\/[^\s#]*$/, 'A path begins with /.').default('/'), Body: z.string().default('') }),
    action: null,
    resource: (context: PartnerContext, input) => hostArn(context, input.Name),
    writes: true,
    errors: ['HostNotFound', 'RequestFailed'],
    source: SOURCE,
    handle: (context: PartnerContext, input, call) => {
      const { arn } = hostOf(context, input.Name);
      const at = input.Path.indexOf('?');
      const [path, query] = at < 0 ? [input.Path, ''] : [input.Path.slice(0, at), input.Path.slice(at)];
      const request = { method: input.Method.toUpperCase(), scheme: 'https' as const, hostname: input.Name, port: 443, path, query, headers: {}, body: input.Body, subjects: [call.requestId] };
      const outcome = takeRequest(context, arn, request, { principal: call.principal, cause: call.cause, replyTo: call.replyTo });
      if (outcome.kind === 'deferred') return DEFERRED;
      if (outcome.kind === 'error') throw new AwsError(outcome.error.name, outcome.error.message, { status: outcome.error.status, retryable: outcome.error.retryable, data: outcome.error.data ?? {} });
      return outcome.output;
    },
  }),
};
