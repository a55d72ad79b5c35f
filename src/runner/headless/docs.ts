/** What of AWS is modelled, what is simplified and what is not, as data made from operation tables, manifests and limits. A pure function; nothing is written by hand. */
import type { z } from 'zod';
import type { ServiceManifest } from '../../sim/manifest.ts';
import type { AnyServiceModel } from '../../sim/service.ts';
import { limitsOf } from './docs-limits.ts';
import type { DocumentedLimit, LimitSource } from './docs-limits.ts';

export interface DocumentedOperation {
  readonly name: string;
  /** IAM action; null where none is needed. */
  readonly action: string | null;
  readonly writes: boolean;
  /** AWS error names it can answer with. */
  readonly errors: readonly string[];
  readonly paginated: boolean;
  readonly source: string;
  readonly simplified: readonly string[];
}

/** A setting of a node, from its configuration schema. */
export interface DocumentedSetting {
  readonly name: string;
  readonly label: string;
  readonly unit?: string;
  readonly help?: string;
  readonly default?: unknown;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
}

export interface DocumentedService {
  readonly id: string;
  readonly title: string;
  readonly summary?: string;
  /** Package and protocol of its SDK client; absent for what AWS does not have. */
  readonly sdk?: { readonly packageName: string; readonly protocol: string };
  readonly operations: readonly DocumentedOperation[];
  /** AWS operations that are refused by name. Operations named nowhere are refused too. */
  readonly notModelled: readonly string[];
  /** What differs from AWS, each sentence once. */
  readonly simplified: readonly string[];
  readonly limits: readonly DocumentedLimit[];
  readonly settings: readonly DocumentedSetting[];
  readonly prices: readonly { readonly label: string; readonly usd: number; readonly source: string }[];
}

export interface Docs {
  readonly version: 1;
  readonly services: readonly DocumentedService[];
}

export interface DocsInput {
  readonly models: readonly AnyServiceModel[];
  readonly manifests: readonly ServiceManifest[];
  readonly limits: readonly LimitSource[];
}

/** When the fact sheets were written, or what they were written after; their prices are of June 2026. @source the heads of the sheets, aws/other-services.md §12 */
const SHEETS: Readonly<Record<string, string>> = { 'aws/eventbridge.md': '2026-08', 'aws/lambda.md': '2026-11', 'aws/observed.md': '2026-03', 'aws/other-services.md': '2026-08', 'aws/sqs.md': '2026-08' };
const PRICES_OF = '2026-06';

/** A source with its date: that of its sheet, where it does not say one itself. */
export function dated(source: string, kind: 'fact' | 'price' = 'fact'): string {
  if (/\b20\d\d\b/.test(source)) return source;
  const sheet = /aws\/[\w-]+\.md/.exec(source)?.[0] ?? '';
  const date = kind === 'price' && sheet in SHEETS ? PRICES_OF : SHEETS[sheet];
  return date === undefined ? source : `${source} (${date})`;
}

/** Plain JSON data, services by id. */
export function docsOf({ models, manifests, limits }: DocsInput): Docs {
  const services = models.map((model) => serviceDocs(model, manifests.find(({ id }) => id === model.id), limits.filter(({ service }) => service === model.id)));
  return { version: 1, services: services.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** `CloudWatchLogsClient`: CloudWatch Logs. */
const titleOfClient = (clientName: string | undefined): string | undefined => clientName?.replace(/Client$/, '').replace(/(?<=[a-z])Logs$/, ' Logs');

function serviceDocs(model: AnyServiceModel, manifest: ServiceManifest | undefined, limits: readonly LimitSource[]): DocumentedService {
  const operations = Object.entries(model.operations).map(([name, row]) => ({ name, action: row.action, writes: row.writes, errors: row.errors, paginated: row.pages !== undefined, source: dated(row.source), simplified: row.simplified ?? [] }));
  return {
    id: model.id,
    title: manifest?.title ?? titleOfClient(model.sdk?.clientName) ?? model.id,
    ...(manifest === undefined ? {} : { summary: manifest.summary }),
    ...(model.sdk === undefined ? {} : { sdk: { packageName: model.sdk.packageName, protocol: model.sdk.protocol } }),
    operations: operations.sort((a, b) => (a.name < b.name ? -1 : 1)),
    notModelled: [...model.notModelled].sort(),
    simplified: [...new Set([...(manifest?.simplified ?? []), ...operations.flatMap(({ simplified }) => simplified)])],
    limits: limits.flatMap(limitsOf).map((limit) => ({ ...limit, source: dated(limit.source) })),
    settings: manifest === undefined ? [] : settingsOf(manifest.config),
    prices: Object.values(manifest?.prices ?? {}).map(({ label, usd, source }) => ({ label, usd, source: dated(source, 'price') })),
  };
}

interface Definition {
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly defaultValue?: unknown;
  readonly entries?: Readonly<Record<string, string>>;
}

function settingsOf(config: z.ZodObject): readonly DocumentedSetting[] {
  return Object.entries(config.shape as Readonly<Record<string, z.ZodType>>).map(([name, schema]) => {
    const meta = metaOf(schema);
    const { minValue, maxValue } = bare(schema) as { readonly minValue?: number | null; readonly maxValue?: number | null };
    const { entries } = definitionOf(bare(schema));
    const fallback = defaultOf(schema);
    return {
      name,
      label: String(meta['label'] ?? name),
      ...(typeof meta['unit'] === 'string' ? { unit: meta['unit'] } : {}),
      ...(typeof meta['help'] === 'string' ? { help: meta['help'] } : {}),
      ...(fallback === undefined ? {} : { default: fallback }),
      ...(isLimit(minValue) ? { min: minValue } : {}),
      ...(isLimit(maxValue) ? { max: maxValue } : {}),
      ...(entries === undefined ? {} : { choices: Object.values(entries) }),
    };
  });
}

const isLimit = (value: number | null | undefined): value is number => typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < Number.MAX_SAFE_INTEGER;
const definitionOf = (schema: z.ZodType): Definition => schema.def as Definition;
const innerOf = (schema: z.ZodType): z.ZodType | undefined => definitionOf(schema).innerType ?? definitionOf(schema).in;

function bare(schema: z.ZodType): z.ZodType {
  const inner = innerOf(schema);
  return inner === undefined ? schema : bare(inner);
}

function metaOf(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const inner = innerOf(schema);
  return { ...(inner === undefined ? {} : metaOf(inner)), ...(schema.meta() as Readonly<Record<string, unknown>> | undefined) };
}

function defaultOf(schema: z.ZodType): unknown {
  const { defaultValue } = definitionOf(schema);
  const inner = innerOf(schema);
  return defaultValue ?? (inner === undefined ? undefined : defaultOf(inner));
}
