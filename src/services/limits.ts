/** The limits of every service as their files state them, with the text that names each one's source. Loaded by the docs only. */

const values = import.meta.glob<Readonly<Record<string, unknown>>>('./*/model/limits.ts', { eager: true });
const texts = import.meta.glob<string>('./*/model/limits.ts', { eager: true, query: '?raw', import: 'default' });

export interface LimitFile {
  readonly service: string;
  /** Exported name → value. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The file as it is written. */
  readonly text: string;
}

export const limitFiles: readonly LimitFile[] = Object.entries(values)
  .filter(([path]) => !path.startsWith('./_'))
  .map(([path, exported]) => ({ service: path.split('/')[1]!, values: exported, text: texts[path]! }))
  .sort((a, b) => (a.service < b.service ? -1 : 1));
