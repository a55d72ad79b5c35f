/** What a partner host is told to do: its schema, shared by the canvas and the API. No AWS service: somebody else's server on the internet. */
import { z } from 'zod';
import { PARTNER } from './limits.ts';

/** A name of two or more parts, as DNS takes it. */
const HOST_NAME = /^(?=.{4,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/;
export const hostName = z.string().regex(HOST_NAME, 'A host name has two or more parts of lower case letters, digits and -, with dots between them.');

const MS = 'A latency is 0 to 600,000 ms, which is ten minutes.';
const latencyMs = z.int('Latencies are whole milliseconds.').min(0, MS).max(PARTNER.latencyMsMax, MS);
const SECONDS = 'A time is 0 to 86,400 s, which is a day.';
const second = z.int('Times are whole seconds.').min(0, SECONDS).max(86_400, SECONDS);
const STATUS = 'An HTTP status is 200 to 599.';
const PERCENT = 'A chance is 0 to 100 %.';

/** How a request goes wrong; the names are what the inspector shows. */
export const FAILURES = ['HTTP 503', 'HTTP 500', 'HTTP 429', 'connection refused', 'connection reset', 'no answer'] as const;
export type Failure = (typeof FAILURES)[number];

export const answerSchema = z.object({
  Method: z.enum(['ANY', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']).default('ANY').meta({ label: 'Method' }),
  Path: z.string().regex(/^\/[^\s?#]{0,1023}$/, 'A path begins with / and has no query; * stands for any text.').default('/*').meta({ label: 'Path', help: '/orders/* fits everything that begins with /orders/. The query is not looked at.' }),
  Status: z.int(STATUS).min(200, STATUS).max(599, STATUS).default(200).meta({ label: 'Status' }),
  Headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'A header name has letters, digits or -.'), z.string().max(1_024, 'A header has up to 1,024 characters.')).default({}).meta({ label: 'Headers' }),
  Body: z.string().max(PARTNER.bodyCharsMax, 'A scripted body has up to 65,536 characters.').default('').meta({ label: 'Body', control: 'json' }),
  LatencyMs: latencyMs.nullable().default(null).meta({ label: 'Latency', unit: 'ms', help: 'Empty: that of the host.' }),
});

export const downSchema = z.object({
  FromSec: second.default(0).meta({ label: 'From', unit: 's', help: 'Virtual time since the start.' }),
  ToSec: second.default(60).meta({ label: 'To', unit: 's' }),
});

export const partnerSettings = {
  LatencyMs: latencyMs.default(120).meta({ label: 'Latency', unit: 'ms', group: 'Answers', help: 'Median time to an answer; each request draws its own.' }),
  Answers: z.array(answerSchema).max(PARTNER.answersMax, 'A host has up to 50 answers.').default([{ Method: 'ANY', Path: '/*', Status: 200, Headers: {}, Body: '{"ok":true}', LatencyMs: null }]).meta({ label: 'Answers', group: 'Answers', help: 'The first that fits a request is sent. None fits: 404.' }),
  FailurePercent: z.int(PERCENT).min(0, PERCENT).max(100, PERCENT).default(0).meta({ label: 'Fails by chance', unit: '%', group: 'Failures', help: 'So many requests of a hundred fail, drawn from the seed.' }),
  Failure: z.enum(FAILURES).default('HTTP 503').meta({ label: 'How it fails', group: 'Failures' }),
  DownWindows: z.array(downSchema).max(PARTNER.downWindowsMax, 'A host has up to 20 windows.').default([]).meta({ label: 'Down', group: 'Failures', help: 'Between these times every request fails.' }),
} as const;

export const settingsSchema = z.object(partnerSettings);
export type PartnerSettings = z.infer<typeof settingsSchema>;
export type ScriptedAnswer = z.infer<typeof answerSchema>;
