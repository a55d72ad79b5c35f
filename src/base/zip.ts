/** Zip archives of text files, with the same bytes for the same files on every machine. */
import { strToU8, unzipSync, zipSync } from 'fflate';
import { utf8Decode } from './utf8.ts';

/** The same files always give the same zip. */
export function zipText(files: Readonly<Record<string, string>>): Uint8Array {
  // A zip holds local time: a date made of local parts has the same bytes in every time zone.
  const mtime = new Date(2026, 0, 1);
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), { mtime, level: 6 });
}

/** Files of a zip as text, without its folders; undefined for what is no zip. */
export function unzipText(bytes: Uint8Array): Record<string, string> | undefined {
  try {
    return Object.fromEntries(Object.entries(unzipSync(bytes)).flatMap(([name, content]) => (name.endsWith('/') ? [] : [[name, utf8Decode(content)]])));
  } catch {
    return undefined;
  }
}
