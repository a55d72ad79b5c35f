/** The house rules as a test: who may import whom, what never appears where runs are computed, and how large a file may be. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = import.meta.dirname;

/** Files of a zone: the first zone whose path fits. `$1` in `may` stands for what the path's bracket took. */
interface Zone {
  readonly name: string;
  readonly path: RegExp;
  /** Prefixes of our own files, relative to src, that it may import; its own folder is always allowed where `own` is a prefix of both. */
  readonly may: readonly string[];
  /** Packages; a name with a slash at its end stands for all that begin with it. */
  readonly packages: readonly string[];
}

const PURE = ['@noble/hashes', 'fflate'] as const;
const REACT = ['react', 'react-dom', 'react-dom/client', 'react/jsx-runtime'] as const;
const SANDBOX_PACKAGES = ['@noble/hashes', '@jitl/quickjs-ng-wasmfile-release-sync', 'web-streams-polyfill', 'sucrase', 'fflate', 'buffer', 'whatwg-url-without-unicode'] as const;

const ZONES: readonly Zone[] = [
  { name: 'base', path: /^base\//, may: ['base/'], packages: PURE },
  { name: 'sim', path: /^sim\//, may: ['base/', 'sim/'], packages: ['zod'] },
  { name: 'services: registries', path: /^services\/[^/]+\.ts$/, may: ['base/', 'sim/', 'services/'], packages: ['react', 'zod'] },
  { name: 'services/X/model', path: /^services\/([^/]+)\/model\//, may: ['base/', 'sim/', 'services/$1/model/'], packages: ['zod'] },
  { name: 'services/X/view', path: /^services\/([^/]+)\/view\//, may: ['base/', 'ui/', 'sim/', 'services/view-contract.ts', 'services/load-form.ts', 'services/$1/'], packages: [...REACT] },
  { name: 'sandbox', path: /^sandbox\//, may: ['base/', 'sim/', 'sandbox/'], packages: SANDBOX_PACKAGES },
  { name: 'runner', path: /^runner\//, may: ['base/', 'sim/', 'sandbox/', 'scenario/', 'lesson/', 'runner/', 'services/models.ts', 'services/manifests.ts', 'services/limits.ts', 'services/trace-kinds.ts'], packages: ['zod', '@ffmpeg/core'] },
  { name: 'cli', path: /^cli\//, may: ['base/', 'sim/', 'sandbox/', 'scenario/', 'lesson/', 'runner/', 'services/models.ts', 'services/manifests.ts', 'services/limits.ts', 'cli/'], packages: [] },
  { name: 'bench', path: /^bench\//, may: ['base/', 'sim/', 'sandbox/', 'scenario/', 'lesson/', 'runner/', 'services/models.ts', 'services/manifests.ts', 'bench/'], packages: [] },
  { name: 'scenario', path: /^scenario\//, may: ['base/', 'sim/', 'scenario/'], packages: ['zod', 'zustand/vanilla'] },
  { name: 'lesson', path: /^lesson\//, may: ['base/', 'sim/', 'scenario/', 'lesson/'], packages: ['zod', 'zustand/vanilla', 'yaml', 'mdast-util-from-markdown', 'mdast'] },
  { name: 'state', path: /^state\//, may: ['base/', 'sim/', 'state/'], packages: ['zustand/vanilla'] },
  { name: 'ui', path: /^ui\//, may: ['base/', 'ui/'], packages: [...REACT, 'radix-ui', '@tanstack/react-virtual', 'uplot', '@fontsource-variable/'] },
  { name: 'features/app', path: /^(features\/app\/|main\.tsx$)/, may: [''], packages: [...REACT, 'zustand', 'zod', 'reactflow'] },
  {
    name: 'features/F',
    path: /^features\/([^/]+)\//,
    may: ['base/', 'ui/', 'state/', 'scenario/', 'lesson/', 'runner/client.ts', 'runner/grade-client.ts', 'runner/protocol.ts', 'services/manifests.ts', 'services/views.ts', 'services/view-contract.ts', 'services/load-form.ts', 'services/load-forms.ts', 'services/trace-kinds.ts', 'sim/', 'features/$1/'],
    packages: [...REACT, 'zustand', 'zustand/vanilla', 'zod', 'reactflow', 'monaco-editor/', 'monaco-editor', 'uplot', 'sucrase', 'mdast-util-from-markdown', '@types/aws-lambda/', '@tanstack/react-virtual', 'radix-ui', 'fflate'],
  },
  { name: 'tools', path: /^tools\//, may: ['tools/', 'sandbox/engine/build.mjs', 'sandbox/guest/build.mjs', 'base/schedule/time-zone-data.ts'], packages: ['vite', '@playwright/test'] },
];

/** A test may use its tools, run whole worlds, and read files. */
const TESTS: { readonly may: readonly string[]; readonly packages: readonly string[] } = {
  may: ['services/testing.ts', 'services/models.ts', 'services/manifests.ts', 'services/limits.ts', 'services/views.ts', 'runner/', 'scenario/', 'sandbox/', 'base/', 'sim/', 'tools/'],
  packages: ['vitest', 'vitest/', 'fast-check', '@aws-sdk/', 'react-dom/server', 'zod', 'moment-timezone'],
};

/** Pure packages that a zone of tests or Node scripts gets from Node itself. */
const NODE_ALLOWED = /^(tools|cli|bench)\/|\.test\.tsx?$|^runner\/(ffmpeg\/node|headless\/)|^sandbox\/corpus\/testing\/|\.mjs$/;

interface SourceFile {
  /** Relative to src, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly isTest: boolean;
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return /\.(ts|tsx|mjs)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

/** Handler code of templates and everything that runs in the guest speaks to another world. */
const NOT_OURS = /^(scenario\/templates\/[^/]+\/.*\.mjs$|features\/editor\/handler-templates\/.*\.mjs$|sandbox\/guest\/)/;

const files: readonly SourceFile[] = filesUnder(SRC)
  .map((path) => ({ path: relative(SRC, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
  .filter(({ path }) => !NOT_OURS.test(path) && !/^(architecture|documents)\.test\.ts$/.test(path))
  .map((file) => ({ ...file, isTest: /\.test\.tsx?$|(^|\/)testing(\.tsx?$|\/)|\.spec\.ts$/.test(file.path) }));

/** Blanks comments, and with `strings` also what is in quotes, with `templates` what is in back quotes or holds code; line numbers stay. */
function withoutComments(text: string, o: { readonly strings?: boolean; readonly templates?: boolean } = {}): string {
  const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|(?<=[=(,:;!&|?{}\n]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/[dgimsuvy]*/g;
  return text.replace(token, (match) => {
    const isComment = match.startsWith('//') || match.startsWith('/*');
    const isText = (o.strings === true && /^['"`]/.test(match)) || (o.templates === true && (match.startsWith('`') || /\bimport\b/.test(match)));
    return isComment || isText ? match.replace(/[^\n]/g, ' ') : match;
  });
}

const IMPORT =
  /^[ \t]*import\s+(?:type\s+)?[\w*{][^'"`;]*?\bfrom\s*['"]([^'"\n]+)['"]|^[ \t]*import\s*['"]([^'"\n]+)['"]|^[ \t]*export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s*from\s*['"]([^'"\n]+)['"]|\bimport\s*\(\s*['"]([^'"\n]+)['"]|new URL\(\s*['"](\.[^'"\n]+)['"]\s*,\s*import\.meta\.url/gm;

/** Every module that a file names: static, dynamic, type and worker imports. */
function importsOf(file: SourceFile): readonly string[] {
  return [...withoutComments(file.text, { templates: true }).matchAll(IMPORT)].map((match) => match.slice(1).find((group) => group !== undefined)!.replace(/\?.*$/, ''));
}

function zoneOf(path: string): { readonly zone: Zone; readonly taken: string } | undefined {
  for (const zone of ZONES) {
    const match = zone.path.exec(path);
    if (match) return { zone, taken: match[1] ?? '' };
  }
  return undefined;
}

/** Why an import is not allowed, or null. */
function refusal(file: SourceFile, specifier: string): string | null {
  const found = zoneOf(file.path);
  if (!found) return `${file.path} lies in no zone of the table`;
  const { zone, taken } = found;
  const extra = file.isTest ? TESTS : { may: [], packages: [] };
  if (specifier.startsWith('.')) {
    const target = normalize(join(dirname(file.path), specifier)).split(sep).join('/');
    if (target.startsWith('../')) return isAsset(target) || file.isTest || zone.name === 'tools' || zone.name.startsWith('runner') ? null : `${file.path} imports ${specifier}, outside of src`;
    const allowed = [...zone.may, ...extra.may].map((prefix) => prefix.replace('$1', taken));
    return allowed.some((prefix) => target.startsWith(prefix)) ? null : `${file.path} (${zone.name}) imports ${target}`;
  }
  if (specifier.startsWith('node:')) return NODE_ALLOWED.test(file.path) ? null : `${file.path} (${zone.name}) imports ${specifier}`;
  const packages = [...zone.packages, ...extra.packages];
  return packages.some((name) => specifier === name || (name.endsWith('/') ? specifier.startsWith(name) : specifier.startsWith(`${name}/`))) ? null : `${file.path} (${zone.name}) imports the package ${specifier}`;
}

function isAsset(path: string): boolean {
  return path.includes('/lessons/') || path.startsWith('../lessons/') || /\.(json|css|svg|wasm)$/.test(path);
}

/** Where a run is computed: the same everywhere, so nothing of the host may leak in. */
const PURE_ZONES = /^(sim\/|services\/[^/]+\/model\/|scenario\/|lesson\/|sandbox\/)/;
/** These stand at the edge: they save to the browser's storage, or grade by running whole worlds. */
const EDGE = /^(scenario\/autosave\.ts|lesson\/grade\.ts|scenario\/scenario\.store\.ts|lesson\/[a-z-]+\.store\.ts|sandbox\/engine\/(build\.mjs|rewrite\/))/;
const FORBIDDEN: readonly { readonly what: string; readonly example: string; readonly pattern: RegExp; readonly zones: RegExp }[] = [
  { what: 'the clock of the host', example: 'const t = Date.now();', pattern: /\bnew Date\b|(?<![\w$.])Date\s*[.(]|\bperformance\s*\./, zones: PURE_ZONES },
  { what: 'timers', example: 'setTimeout(go, 5);', pattern: /(?<![\w$.])(?:setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame|requestIdleCallback)\s*\(/, zones: PURE_ZONES },
  { what: 'the network', example: 'void fetch(url);', pattern: /(?<![\w$.])fetch\s*\(|\bXMLHttpRequest\b|\bWebSocket\b/, zones: PURE_ZONES },
  { what: 'the randomness of the host', example: 'Math.random()', pattern: /\bMath\.random\b|\bcrypto\.(?:getRandomValues|randomUUID)\b/, zones: PURE_ZONES },
  { what: 'arithmetic of the engine (base/math has its own)', example: 'Math.exp(2)', pattern: /\bMath\.(?:a?cosh?|a?sinh?|a?tanh?|atan2|cbrt|expm1|exp|hypot|log1p|log2|log10|log|pow)\b/, zones: /^(base\/(?!math)|sim\/|services\/[^/]+\/model\/|scenario\/|lesson\/|sandbox\/|runner\/)/ },
  { what: 'locales', example: 'a.localeCompare(b)', pattern: /\bIntl\b|\.localeCompare\b|\.toLocale\w*\b|\\p\{/, zones: PURE_ZONES },
  { what: 'promises', example: 'async function go() {}', pattern: /\basync\b|\bawait\b|(?<![\w$.])Promise\b/, zones: /^(sim\/|services\/[^/]+\/model\/)/ },
  { what: 'the page', example: 'window.title', pattern: /(?<![\w$.'])(?:document\.(?:body|head|createElement|querySelector|getElementById|addEventListener)|(?:window|navigator|localStorage|sessionStorage)\s*\.)/, zones: /^(sim\/|services\/[^/]+\/model\/|sandbox\/|lesson\/)/ },
];

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

describe('Architecture', () => {
  it('sees the whole source', () => {
    expect(files.length).toBeGreaterThan(300);
    expect(files.reduce((sum, file) => sum + importsOf(file).length, 0)).toBeGreaterThan(1_000);
    for (const zone of ['base', 'sim', 'services', 'sandbox', 'runner', 'scenario', 'lesson', 'state', 'ui', 'features', 'tools']) {
      expect(files.filter((file) => file.path.startsWith(`${zone}/`)).length, zone).toBeGreaterThan(2);
    }
  });

  it('reads imports of every kind, and none from comments or text', () => {
    const text = [
      "import type { A } from './a.ts';",
      "import './b.css';",
      'export * from "./c.ts";',
      "const d = await import('./d.ts');",
      "new Worker(new URL('./e.ts', import.meta.url));",
      "import {\n  f,\n} from './f.ts?url&inline';",
      "// import x from './g.ts'",
      "const text = \"import h from './h.ts'\";",
    ].join('\n');
    expect(importsOf({ path: 'x.ts', text, isTest: false })).toEqual(['./a.ts', './b.css', './c.ts', './d.ts', './e.ts', './f.ts']);
  });

  it('imports only what the table allows', () => {
    const refused = files.flatMap((file) => importsOf(file).flatMap((specifier) => refusal(file, specifier) ?? []));
    expect(refused).toEqual([]);
  });

  it('refuses one service in another, a model in a view, a feature in another, React in the runner', () => {
    const from = (path: string, specifier: string): string | null => refusal({ path, text: '', isTest: false }, specifier);
    expect(from('services/sqs/model/a.ts', '../../lambda/model/state.ts')).toContain('imports services/lambda');
    expect(from('services/sqs/view/a.tsx', '../../lambda/view/a.tsx')).toContain('imports services/lambda');
    expect(from('services/sqs/model/a.ts', '../view/index.tsx')).toContain('imports services/sqs/view');
    expect(from('features/canvas/a.tsx', '../palette/b.tsx')).toContain('imports features/palette');
    expect(from('runner/a.ts', 'react')).toContain('the package react');
    expect(from('sim/a.ts', 'node:fs')).toContain('node:fs');
    expect(from('ui/a.tsx', '../sim/trace.ts')).toContain('imports sim/');
    expect(from('features/app/a.tsx', '../palette/b.tsx')).toBeNull();
  });

  it.each(FORBIDDEN)('keeps $what out of where runs are computed', ({ example, pattern, zones }) => {
    expect(pattern.test(withoutComments(example, { strings: true }))).toBe(true);
    expect(pattern.test(withoutComments(`// ${example}`, { strings: true }))).toBe(false);
    let seen = 0;
    const found = files.flatMap((file) => {
      if (file.isTest || !zones.test(file.path) || EDGE.test(file.path)) return [];
      seen++;
      const code = withoutComments(file.text, { strings: true });
      const hit = pattern.exec(code);
      return hit ? [`${file.path}:${lineAt(code, hit.index)} ${hit[0].trim()}`] : [];
    });
    expect(seen).toBeGreaterThan(20);
    expect(found).toEqual([]);
  });

  it('names no service id in a switch or a comparison outside of its folder', () => {
    const ids = [...new Set(files.flatMap((file) => /^services\/([a-z][^/]*)\//.exec(file.path)?.[1] ?? []))];
    expect(ids.length).toBeGreaterThan(4);
    const pattern = new RegExp(`\\bcase '(?:${ids.join('|')})'|\\bservice\\s*[!=]==?\\s*'(?:${ids.join('|')})'`);
    const found = files.flatMap((file) => {
      if (file.isTest || file.path.startsWith('services/') || file.path.startsWith('tools/')) return [];
      const code = withoutComments(file.text);
      const hit = pattern.exec(code);
      return hit ? [`${file.path}:${lineAt(code, hit.index)} ${hit[0]}`] : [];
    });
    expect(found).toEqual([]);
  });

  it('keeps every file at 400 lines or fewer, and begins it with what it is for', () => {
    const generated = (file: SourceFile): boolean => /generated/i.test(file.text.slice(0, 200)) || file.path.includes('.generated.');
    const long = files.filter((file) => !generated(file) && file.text.split('\n').length > 401).map((file) => `${file.path}: ${file.text.split('\n').length - 1} lines`);
    expect(long).toEqual([]);
    const silent = files.filter((file) => !file.isTest && !/^(#![^\n]*\n)?\s*\/(\*\*|\/)/.test(file.text)).map((file) => file.path);
    expect(silent).toEqual([]);
  });
});
