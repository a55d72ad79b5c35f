/** Compiles the metered engine: from bytes in Node, from its URL in a browser's worker. */

/** From bytes that are here already. */
export function compileEngine(bytes: Uint8Array): WebAssembly.Module {
  return new WebAssembly.Module(bytes as BufferSource);
}

/** Bytes of a `data:` URL, as the headless build inlines the module. */
export function bytesOfDataUrl(url: string): Uint8Array {
  const text = atob(url.slice(url.indexOf(',') + 1));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
