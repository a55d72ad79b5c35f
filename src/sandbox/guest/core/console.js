/** console: each call is one log entry, in the format of the Lambda runtime. @source aws/lambda.md §4 */
import { host, isoNow, stringify } from './host.js';
import { formatWithOptions, inspect } from './inspect.js';
import { errorForLog, errorPayload, isError } from './stacks.js';
import { nodeMajor, state } from './state.js';

/** Characters of one entry; a longer one goes in parts. @source CloudWatch Logs quotas 2025: 1 MB an event */
const ENTRY_CHARS = 1_000_000;
function send(stream, level, text) {
  for (let at = 0; at === 0 || at < text.length; at += ENTRY_CHARS) host('log', { stream, level, text: text.length > ENTRY_CHARS ? text.slice(at, at + ENTRY_CHARS) : text });
}

/** Writes one entry. `level` as in INFO, WARN, ERROR. */
export function writeLog(level, text) {
  const stamp = isoNow();
  if (state.jsonLogs) return writeRecord(level, { message: text });
  send(level === 'ERROR' || level === 'WARN' ? 'stderr' : 'stdout', level.toLowerCase(), `${stamp}\t${state.requestId}\t${level}\t${text}`);
}

/** Writes an error under a title: `Invoke Error \t{…}`; as JSON, the error is the record's message. */
export function writeErrorLog(title, error) {
  if (state.jsonLogs) return writeRecord('ERROR', { message: isError(error) ? error : new Error(errorPayload(error).errorMessage) });
  writeErrorFields(title, errorForLog(error));
}

/** The same of an error of the runtime's own, which has a class without the prefix `Runtime.`. */
export function writeErrorFields(title, { errorType, errorMessage, stack, ...own }) {
  if (state.jsonLogs) return writeRecord('ERROR', { message: { errorType: errorType.replace(/^Runtime\./, ''), errorMessage, stackTrace: stack, ...own } });
  let text;
  try {
    text = stringify({ errorType, errorMessage, ...own, stack }, (_, value) => (isError(value) ? errorForLog(value) : value));
  } catch {
    text = stringify({ errorType, errorMessage, stack });
  }
  writeLog('ERROR', `${title} \t${text}`);
}

/** The members of an error that records have, by the name of its class. @source AWS's Node.js runtime client, LogPatch (lambda.md §4) */
function errorMembers(error) {
  const { errorMessage, trace } = errorPayload(error);
  return { errorType: error.constructor?.name ?? 'UnknownError', errorMessage, stackTrace: trace };
}
const jsonError = (_, value) => (isError(value) ? { ...errorMembers(value), ...value } : value);

function writeRecord(level, members) {
  const entry = { timestamp: isoNow(), level, requestId: state.requestId, ...members };
  let text;
  try {
    text = stringify(entry, jsonError);
  } catch {
    text = stringify({ ...entry, message: formatWithOptions({}, entry.message) });
  }
  send('stdout', level.toLowerCase(), text);
}

/** Text straight to a stream, as process.stdout.write does it. */
export function writeRaw(stream, text) {
  send(stream, stream === 'stderr' ? 'error' : 'info', text.endsWith('\n') ? text.slice(0, -1) : text);
}

let indentation = '';
const counters = new Map();
const timings = new Map();

function print(level, args) {
  if (state.jsonLogs) return printRecord(level, args);
  const text = formatWithOptions({}, ...args);
  writeLog(level, indentation === '' ? text : text.split('\n').map((line) => indentation + line).join('\n'));
}

/** @source aws/lambda.md §4, JSON format */
function printRecord(level, args) {
  if (args.length <= 1) return writeRecord(level, { message: args[0] });
  const error = (nodeMajor() >= 24 ? args.slice(1) : args).find(isError);
  writeRecord(level, { message: formatWithOptions({}, ...args), ...(error === undefined ? {} : errorMembers(error)) });
}

/** Cells of console.table. */
function table(data, columns) {
  if (typeof data !== 'object' || data === null) return print('INFO', [data]);
  const rows = data instanceof Map ? [...data].map(([key, value]) => [key, value]) : Object.entries(data);
  const names = columns ?? [...new Set(rows.flatMap(([, row]) => (typeof row === 'object' && row !== null ? Object.keys(row) : [])))];
  const plain = rows.some(([, row]) => typeof row !== 'object' || row === null);
  const head = ['(index)', ...names, ...(plain ? ['Values'] : [])];
  const shown = (value) => inspect(value, { depth: 0, maxArrayLength: 3, breakLength: Infinity });
  const body = rows.map(([key, row]) => [String(key), ...names.map((name) => (typeof row === 'object' && row !== null && Object.hasOwn(row, name) ? shown(row[name]) : '')), ...(plain ? [typeof row === 'object' && row !== null ? '' : shown(row)] : [])]);
  const widths = head.map((title, at) => Math.max(title.length, ...body.map((row) => row[at].length)) + 2);
  const line = (left, middle, right) => left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  const cells = (row) => `│${row.map((cell, at) => ` ${cell}`.padEnd(widths[at])).join('│')}│`;
  return print('INFO', [[line('┌', '┬', '┐'), cells(head), line('├', '┼', '┤'), ...body.map(cells), line('└', '┴', '┘')].join('\n')]);
}

function elapsed(label) {
  const ms = performanceNow() - timings.get(label);
  return ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${Number(ms.toFixed(3))}ms`;
}
const now = Date.now;
const performanceNow = () => now();

export const console = {
  log: (...args) => print('INFO', args),
  info: (...args) => print('INFO', args),
  debug: (...args) => print('DEBUG', args),
  warn: (...args) => print('WARN', args),
  error: (...args) => print('ERROR', args),
  trace: (...args) => {
    const at = { name: 'Trace', message: formatWithOptions({}, ...args) };
    Error.captureStackTrace(at);
    print('TRACE', [String(at.stack).replace(/^[^\n]*/, args.length === 0 ? 'Trace' : `Trace: ${at.message}`)]);
  },
  fatal: (...args) => print('FATAL', args),
  dir: (value, options) => print('INFO', [inspect(value, { customInspect: false, ...options })]),
  dirxml: (...args) => print('INFO', args),
  table,
  assert: (condition, ...args) => {
    if (condition) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    print('WARN', args);
  },
  count: (label = 'default') => {
    counters.set(label, (counters.get(label) ?? 0) + 1);
    print('INFO', [`${label}: ${counters.get(label)}`]);
  },
  countReset: (label = 'default') => void counters.delete(label),
  group: (...args) => {
    if (args.length > 0) print('INFO', args);
    indentation += '  ';
  },
  groupCollapsed: (...args) => console.group(...args),
  groupEnd: () => {
    indentation = indentation.slice(2);
  },
  time: (label = 'default') => void timings.set(label, performanceNow()),
  timeEnd: (label = 'default') => {
    if (!timings.has(label)) return;
    print('INFO', [`${label}: ${elapsed(label)}`]);
    timings.delete(label);
  },
  timeLog: (label = 'default', ...args) => {
    if (timings.has(label)) print('INFO', [`${label}: ${elapsed(label)}`, ...args]);
  },
};
