/** Bounds of a partner host. Nothing of it is AWS's: they keep a scenario small and a run finite. */

/** @source Coldstart: bounds of our own @simplified they keep scenarios small */
export const PARTNER = {
  latencyMsMax: 600_000,
  bodyCharsMax: 65_536,
  answersMax: 50,
  downWindowsMax: 20,
  /** Requests that the card and the inspector remember. */
  newestMax: 50,
} as const;

/** @source Node.js 22 docs and undici 6, Client: headersTimeout 300 s, what fetch waits for an answer */
export const HEADERS_TIMEOUT_MS = 300_000;
