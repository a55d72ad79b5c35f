/** The chunk that `core/web-streams.js` loads: the package as it is. */
export * from 'web-streams-polyfill';
