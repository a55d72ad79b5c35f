/** What every folder under services/ must keep, whatever it models: names, tables, schemas, calls that exist, prices with sources, views that say what they show. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ApiCall, DeployEnvironment, EdgeType, ScenarioEdge, ScenarioNode, ServiceManifest } from '../sim/manifest.ts';
import type { AnyServiceModel } from '../sim/service.ts';
import { manifests as registeredManifests } from './manifests.ts';
import { models as registeredModels } from './models.ts';
import type { ServiceView } from './view-contract.ts';
import { viewById } from './views.ts';

// `_template` is checked as well, though the registries leave it out: what people copy must be right.
const modelFiles = import.meta.glob<{ model: AnyServiceModel }>('./*/model/index.ts', { eager: true });
const manifestFiles = import.meta.glob<{ manifest: ServiceManifest }>('./*/model/manifest.ts', { eager: true });
const viewFiles = import.meta.glob<{ view: ServiceView }>('./*/view/index.tsx', { eager: true });
const kindFiles = import.meta.glob<Readonly<Record<string, Readonly<Record<string, unknown>>>>>('./*/model/trace-kinds.ts', { eager: true });
const sources = import.meta.glob<string>('./*/model/**/*.ts', { eager: true, query: '?raw', import: 'default' });

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const idOf = (folder: string): string => folder.replace(/^_/, '');
const modelIn = (folder: string): AnyServiceModel => modelFiles[`./${folder}/model/index.ts`]!.model;
const manifestIn = (folder: string): ServiceManifest | undefined => manifestFiles[`./${folder}/model/manifest.ts`]?.manifest;
const viewIn = (folder: string): ServiceView | undefined => viewFiles[`./${folder}/view/index.tsx`]?.view;
const onCanvas = folders.filter((folder) => manifestIn(folder) !== undefined);
const models = new Map(folders.map((folder) => [idOf(folder), modelIn(folder)]));
const manifests = new Map(onCanvas.map((folder) => [idOf(folder), manifestIn(folder)!]));

const SENTENCE = /^[A-Z0-9'"{].*[.}]$/s;

describe('the folders under services/', () => {
  it('are the registries: every folder is found once, by its own name, and _ folders are left out', () => {
    expect(folders.length).toBeGreaterThanOrEqual(8);
    const wanted = folders.filter((folder) => !folder.startsWith('_'));
    expect(registeredModels.map(({ id }) => id).toSorted()).toEqual(wanted.toSorted());
    expect(registeredManifests.map(({ id }) => id).toSorted()).toEqual(onCanvas.filter((folder) => !folder.startsWith('_')).toSorted());
    expect([...viewById.keys()].toSorted()).toEqual(registeredManifests.map(({ id }) => id).toSorted());
  });

  it.each(folders)('%s has one id in its model, its manifest and its view, and both or neither of the last two', (folder) => {
    expect(modelIn(folder).id).toBe(idOf(folder));
    expect(viewIn(folder)?.id).toBe(manifestIn(folder)?.id);
    if (manifestIn(folder)) expect(manifestIn(folder)!.id).toBe(idOf(folder));
  });

  it.each(onCanvas)('%s provides what its manifest says', (folder) => {
    const ports = manifestIn(folder)!.provides.filter((port) => port !== 'api' && port !== 'store' && port !== 'schedule');
    const provided = Object.keys(modelIn(folder).provides);
    for (const port of ports) expect(provided).toContain(port);
  });
});

describe.each(folders)('the operation table of %s', (folder) => {
  const { id, operations, notModelled } = modelIn(folder);
  const rows = Object.entries(operations);

  it('has a schema, an action, a source and its errors in every row', () => {
    expect(rows.length).toBeGreaterThan(0);
    for (const [name, row] of rows) {
      expect(name, id).toMatch(/^[A-Z][A-Za-z0-9]+$/);
      expect(typeof row.input.safeParse, `${id}.${name} input`).toBe('function');
      if (row.action !== null) expect(row.action, `${id}.${name} action`).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/);
      expect(row.source.trim(), `${id}.${name} source`).not.toBe('');
      expect(new Set(row.errors).size, `${id}.${name} errors`).toBe(row.errors.length);
      for (const error of row.errors) expect(error, `${id}.${name}`).toMatch(/^[A-Z][A-Za-z0-9.]+$/);
      for (const sentence of row.simplified ?? []) expect(sentence).toMatch(SENTENCE);
    }
  });

  it('needs a permission for everything that AWS has', () => {
    if (modelIn(folder).sdk === undefined) return;
    expect(rows.filter(([, row]) => row.action === null).map(([name]) => name)).toEqual([]);
  });

  it('does not list as not modelled what it models', () => {
    expect(notModelled.filter((name) => name in operations)).toEqual([]);
    expect(new Set(notModelled).size).toBe(notModelled.length);
  });
});

describe.each(folders)('the trace kinds of %s', (folder) => {
  const { id, traceKinds } = modelIn(folder);

  it('are named after it and told in one sentence', () => {
    for (const [kind, { sentence, level }] of Object.entries(traceKinds)) {
      expect(kind).toMatch(new RegExp(`^${id}\\.[A-Z][A-Za-z]+$`));
      expect(sentence, kind).toMatch(SENTENCE);
      expect(['moment', 'step', 'detail'], kind).toContain(level);
    }
  });

  it('are in a file of their own, where narration finds them without the model', () => {
    const tables = Object.values(kindFiles[`./${folder}/model/trace-kinds.ts`] ?? {});
    expect(tables.length).toBe(1);
    expect(tables[0]).toEqual(traceKinds);
  });

  it('are emitted somewhere, and nothing else of it is', () => {
    const text = Object.entries(sources)
      .filter(([path]) => path.startsWith(`./${folder}/`) && !path.includes('.test.') && !path.endsWith('/trace-kinds.ts'))
      .map(([, source]) => source)
      .join('\n');
    const emitted = new Set([...text.matchAll(new RegExp(`'(${id}\\.[A-Z][A-Za-z]+)'(?!\\s*:\\s*\\{)`, 'g'))].map((match) => match[1]!));
    // The kernel emits these for every service.
    const documented = Object.keys(traceKinds).filter((kind) => kind !== 'iam.AccessDenied' && kind !== 'iam.PermissionDropped');
    expect(documented.filter((kind) => !emitted.has(kind))).toEqual([]);
    expect([...emitted].filter((kind) => !(kind in traceKinds))).toEqual([]);
  });
});

/** A member of a schema as far as the checks look at it. */
interface Member {
  readonly label?: string;
  readonly unit?: string;
  readonly type?: string | readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}
function membersOf(schema: z.ZodObject): [string, Member][] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries((json.properties ?? {}) as Record<string, Member>);
}

/** Values just outside of what a member takes. */
function outsideOf(member: Member): unknown[] {
  const number = member.type === 'number' || member.type === 'integer';
  return [
    ...(number && member.minimum !== undefined && member.minimum > -1e12 ? [member.minimum - 1] : []),
    ...(number && member.maximum !== undefined && member.maximum < 1e12 ? [member.maximum + 1] : []),
    ...(member.type === 'string' && member.pattern !== undefined ? ['\u0000 \u0000'] : []),
  ];
}

const schemas = onCanvas.flatMap((folder) => {
  const manifest = manifestIn(folder)!;
  return [[folder, manifest.config], ...manifest.edges.map((edge) => [edge.id, edge.config] as const)] as [string, z.ZodObject][];
});

describe.each(schemas)('the settings of %s', (name, schema) => {
  const members = membersOf(schema);

  it('have a label each, and a unit where a number is an amount', () => {
    for (const [member, { label, unit, type }] of members) {
      expect(label, `${name}.${member} label`).toMatch(/^[A-Z/]/);
      const amount = /Seconds$|Timeout$|Period$|Window$|Storage$|^(Memory|MaximumMessage)Size$/.test(member);
      if (amount && (type === 'number' || type === 'integer')) expect(unit, `${name}.${member} unit`).toMatch(/\S/);
    }
  });

  it('refuse what is out of range with a sentence of their own', () => {
    for (const [member, facts] of members) {
      for (const value of outsideOf(facts)) {
        const result = (schema.shape[member] as z.ZodType).safeParse(value);
        expect(result.success, `${name}.${member} takes ${String(value)}`).toBe(false);
        for (const { message } of result.error?.issues ?? []) expect(message, `${name}.${member}`).toMatch(/^[A-Z].*\.$/);
      }
    }
  });
});

/** One node of every service, and everything else that a manifest may ask of its surroundings. */
function nodeOf(manifest: ServiceManifest, name: string): ScenarioNode {
  return { id: `${manifest.id}-${name}`, service: manifest.id, config: manifest.config.parse({ name }), ...(manifest.files ? { files: manifest.files } : {}), position: { x: 0, y: 0 } };
}
function environmentOf(nodes: readonly ScenarioNode[], edges: readonly ScenarioEdge[]): DeployEnvironment {
  const place = { account: '000000000000', region: 'us-east-1' };
  const node = (id: string): ScenarioNode | undefined => nodes.find((candidate) => candidate.id === id);
  return { ...place, node, arnOf: (id) => manifests.get(node(id)!.service)!.arn(node(id)!.config, place), edgesOf: (id) => edges.filter((edge) => edge.from === id || edge.to === id) };
}

/** Each call names an operation of a model, with an input that this operation takes. */
function expectCallable(calls: readonly ApiCall[] | null): number {
  for (const { service, operation, input } of calls ?? []) {
    const row = models.get(service)?.operations[operation];
    expect(row, `${service}.${operation}`).toBeDefined();
    if (row!.checksItself) continue;
    const plain = JSON.parse(JSON.stringify(input)) as object;
    const issues = row!.input.safeParse(plain).error?.issues ?? [];
    expect(issues, `${service}.${operation} ${JSON.stringify(plain)}`).toEqual([]);
  }
  return calls?.length ?? 0;
}

describe.each(onCanvas)('the manifest of %s', (folder) => {
  const manifest = manifestIn(folder)!;
  const node = nodeOf(manifest, manifest.nameBase);
  const other = nodeOf(manifest, `${manifest.nameBase}-2`);
  const environment = environmentOf([node, other], []);

  it('has settings that are valid with a name alone, also in its variants', () => {
    for (const variant of [{}, ...(manifest.variants ?? []).map(({ config }) => config)]) expect(manifest.config.safeParse({ name: manifest.nameBase, ...variant }).error?.issues ?? []).toEqual([]);
  });

  it('gives each name its own ARN, in its own service', () => {
    const [one, two] = [node, other].map(({ config }) => manifest.arn(config, environment));
    expect(one).toMatch(new RegExp(`^arn:aws:${manifest.id}:`));
    expect(one).not.toBe(two);
    for (const [id, stranger] of manifests) if (id !== manifest.id) expect(stranger.arn(nodeOf(stranger, stranger.nameBase).config, environment)).not.toBe(one);
  });

  it('deploys, changes and removes by calls that exist and take what they are given', () => {
    const made = expectCallable(manifest.deploy(node, environment));
    expectCallable(manifest.remove(node, environment));
    const renamed = manifest.update(node, { ...node, config: { ...node.config, name: `${manifest.nameBase}-9` } }, environment);
    // A name is changed in place only by what has no resource under it; a service whose default node exists always makes nothing.
    if (renamed !== null && made > 0) expect(expectCallable(renamed)).toBeGreaterThan(0);
    for (const [member, facts] of membersOf(manifest.config)) {
      if (member === 'name' || (facts.type !== 'integer' && facts.type !== 'number')) continue;
      const changed = [facts.maximum, facts.minimum, 7].map((value) => manifest.config.safeParse({ ...node.config, [member]: value })).find((result) => result.success && result.data[member] !== node.config[member]);
      if (changed?.success) expect(expectCallable(manifest.update(node, { ...node, config: changed.data }, environment)), `${folder}: a change of ${member} does nothing`).toBeGreaterThan(0);
    }
    expectCallable(manifest.resourcePolicy?.(node, [], [{ Sid: 'one', Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'a:B', Resource: '*' }], environment) ?? null);
    expectCallable([manifest.upload?.(node, { key: 'dog.mp4', blob: { sha256: '0'.repeat(64), size: 1 } })].flatMap((call) => call ?? []));
  });

  it('says everything in sentences, and what it costs with a source', () => {
    expect(manifest.summary).toMatch(SENTENCE);
    for (const sentence of [...manifest.simplified, ...(manifest.refusals ?? []).map((refusal) => refusal.sentence), ...(manifest.lints?.(node, environment) ?? []).map((lint) => lint.sentence)]) expect(sentence).toMatch(SENTENCE);
    for (const [unit, { label, usd, source }] of Object.entries(manifest.prices)) {
      expect(label, unit).not.toBe('');
      expect(usd, unit).toBeGreaterThanOrEqual(0);
      expect(source, unit).toMatch(/aws\/[\w-]+\.md §/);
    }
  });

  it('offers in place of a refusal only what exists', () => {
    const types = new Set([...manifests.values()].flatMap((each) => each.edges.map(({ id }) => id)));
    for (const { offer } of manifest.refusals ?? []) if (offer) expect([...types]).toContain(offer.port);
  });
});

const edgeTypes: [string, ServiceManifest, EdgeType][] = [...manifests.values()].flatMap((manifest) => manifest.edges.map((type): [string, ServiceManifest, EdgeType] => [type.id, manifest, type]));

/** Everything that an edge type can be joined to here. */
function partnersOf(owner: ServiceManifest, type: EdgeType): [ScenarioNode, ScenarioNode][] {
  return [...manifests.values()]
    .filter((partner) => partner.provides.includes(type.needs) && (type.services?.includes(partner.id) ?? true))
    .flatMap((partner) => {
      const [own, plain] = [nodeOf(owner, owner.nameBase), nodeOf(partner, `${partner.nameBase}${partner.id === owner.id ? '-2' : ''}`)];
      // As it comes from the palette; else, where that is refused, in one of its variants.
      const others = [plain, ...(partner.variants ?? []).map(({ config }) => ({ ...plain, config: { ...plain.config, ...config } }))];
      const pairs = others.map((other): [ScenarioNode, ScenarioNode] => (type.owner === 'from' ? [own, other] : [other, own]));
      return pairs.filter(([from, to]) => (type.refuse?.(from, to) ?? null) === null).slice(0, 1);
    });
}

describe.each(edgeTypes)('the connection %s', (id, owner, type) => {
  it('can be made with somebody', () => expect(partnersOf(owner, type).length).toBeGreaterThan(0));

  it.each(partnersOf(owner, type).map(([from, to]): [string, ScenarioNode, ScenarioNode] => [`${from.service} to ${to.service}`, from, to]))('%s is made, changed and taken away by calls that exist', (_, from, to) => {
    const edge: ScenarioEdge = { id: 'e1', from: from.id, to: to.id, port: id, config: type.config.parse({}), grant: true };
    // What it needs beside it, between the same two.
    const needed = edgeTypes.filter(([port]) => port === type.ownerNeeds?.port).map(([port, , other]): ScenarioEdge => ({ id: 'e0', from: from.id, to: to.id, port, config: other.config.parse({}), grant: true }));
    expect(needed.length).toBe(type.ownerNeeds === undefined ? 0 : 1);
    const environment = environmentOf([from, to], [...needed, edge]);
    const made = expectCallable(type.deploy(edge, environment));
    const removed = expectCallable(type.remove(edge, environment, environmentOf([from, to], needed)));
    // An edge that only grants rights makes no calls of its own.
    const grants = (type.roleStatements?.(edge, environment) ?? []).length + (type.resourceStatement?.(edge, environment) ? 1 : 0);
    // To a host outside of AWS there is nothing to make and nothing to allow.
    if (type.needs !== 'http') expect(made + grants).toBeGreaterThan(0);
    expect(removed > 0).toBe(made > 0);
    expectCallable(type.update?.(edge, { ...edge, config: { ...edge.config } }, environment) ?? null);
    for (const statement of type.roleStatements?.(edge, environment) ?? []) expect([statement.Action].flat().length).toBeGreaterThan(0);
    const statement = type.resourceStatement?.(edge, environment);
    if (statement) expect(statement.Principal).toBeDefined();
  });

  it('is named after its service, and its words name only settings it has', () => {
    expect(id).toMatch(new RegExp(`^${owner.id}\\.[a-z0-9-]+$`));
    const members = membersOf(type.config).map(([member]) => member);
    for (const [, member] of type.label.matchAll(/\{config\.(\w+)\}/g)) expect(members).toContain(member);
  });
});

describe.each(onCanvas)('the view of %s', (folder) => {
  const view = viewIn(folder)!;
  const manifest = manifestIn(folder)!;
  const node = nodeOf(manifest, manifest.nameBase);
  const icons = readFileSync(`${import.meta.dirname}/../ui/icon-paths.ts`, 'utf8');
  const exists = (icon: string): boolean => new RegExp(`^  '?${icon}'?:`, 'm').test(icons);

  it('has a width on the grid, tabs with ids of their own, and icons that exist', () => {
    expect(view.width % 8).toBe(0);
    expect(new Set(view.tabs.map((tab) => tab.id)).size).toBe(view.tabs.length);
    for (const tab of view.tabs) expect(['settings', 'access', 'bill']).not.toContain(tab.id);
    for (const icon of [manifest.icon, ...manifest.edges.map((edge) => edge.icon), view.head?.(node, undefined).icon ?? manifest.icon]) expect(exists(icon), icon).toBe(true);
  });

  it('describes a node that is not deployed by its name and kind', () => {
    expect(view.describe(node, undefined)).toMatch(new RegExp(`^${manifest.nameBase}, \\S`));
  });
});
