/** The documents keep up with the project: every dependency is explained, every licence is named, every path exists. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shippedPackages } from './tools/licences.mjs';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const { dependencies, devDependencies } = JSON.parse(read('package.json')) as { readonly dependencies: Record<string, string>; readonly devDependencies: Record<string, string> };

/** Names in the first column of README's table. */
function rowsOfReadme(): readonly string[] {
  const table = read('README.md').split('## Dependencies')[1]!.split('## Licence')[0]!;
  return table.split('\n').filter((line) => line.startsWith('| `')).flatMap((line) => [...line.split('|')[1]!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!));
}

describe('Documents', () => {
  it("have a row in README's table for each dependency, and none for what is gone", () => {
    const names = [...Object.keys(dependencies), ...Object.keys(devDependencies)].sort();
    expect(names.length).toBeGreaterThan(20);
    expect([...rowsOfReadme()].sort()).toEqual(names);
  });

  it('name every runtime dependency in NOTICE with its licence', () => {
    const notice = read('NOTICE');
    for (const name of Object.keys(dependencies)) {
      const { license } = JSON.parse(read(`node_modules/${name}/package.json`)) as { readonly license: string };
      const line = notice.split('\n').find((candidate) => candidate.trim().startsWith(`${name} `) && candidate.includes(license));
      expect(line, `${name} under ${license}`).toBeDefined();
    }
  });

  it('know the licence of everything that is shipped with them', () => {
    const packages = shippedPackages();
    expect(packages.length).toBeGreaterThan(60);
    const others = packages.filter((name) => !/^(MIT|ISC|BSD-[23]-Clause|Apache-2\.0|0BSD|OFL-1\.1)$/.test((JSON.parse(read(`node_modules/${name}/package.json`)) as { readonly license: string }).license));
    expect(others).toEqual(['@ffmpeg/core', 'dompurify']);
  });

  it('point to files that are there', () => {
    const links = [...read('README.md').matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1]!);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((path) => path !== 'public/screenshot.png' && !existsSync(join(root, path)))).toEqual([]);
    const paths = [...read('src/ARCHITECTURE.md').matchAll(/`([a-z][a-z/-]*\/[a-z0-9./_-]*)`/g)].map((match) => match[1]!.replace(/\/$/, '')).filter((path) => /^(base|sim|services|sandbox|scenario|lesson|runner|cli|bench|tools|state|ui|features|decisions)(\/|$)/.test(path));
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !existsSync(join(root, 'src', path)))).toEqual([]);
  });

  it('number the decisions without a gap, each with context, decision and consequences', () => {
    const files = readdirSync(join(root, 'src/decisions')).sort();
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, i) => i + 1));
    for (const name of files) for (const part of ['**Context.**', '**Decision.**', '**Consequences.**']) expect(read(`src/decisions/${name}`), name).toContain(part);
  });
});
