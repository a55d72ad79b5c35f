/** What the parts of the prelude share about the running process. */
export const state = {
  /** What `load` was given. */
  runtime: 'nodejs22.x',
  handlerName: '',
  programs: [],
  heapBytesMax: 0,
  /** The user's function, once loaded. */
  handler: undefined,
  /** Request that log lines are stamped with. */
  requestId: 'undefined',
  traceId: undefined,
  startedMs: 0,
  jsonLogs: false,
  invocation: undefined,
};

/** Major version of Node.js: 22, 24. */
export const nodeMajor = () => Number(/(\d+)/.exec(state.runtime)?.[1] ?? 22);
