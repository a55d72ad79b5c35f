import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { initialScripts, staticImports } from './size-budget.mjs';

const dist = mkdtempSync(join(tmpdir(), 'coldstart-size-'));
afterAll(() => rmSync(dist, { recursive: true }));

describe('size budget', () => {
  it('follows imports and re-exports as a bundler writes them, and no import() of what comes later', () => {
    const text =
      'import{a as b,c}from"./one.js";import*as d from "./two.js";import"./three.js";export{e}from"./four.js";const f=()=>import("./later.js");import g from"./five.js"';
    expect(staticImports(text)).toEqual(['./one.js', './two.js', './three.js', './four.js', './five.js']);
  });

  it('counts each script of the page once, however it is reached', () => {
    mkdirSync(join(dist, 'assets'));
    writeFileSync(
      join(dist, 'index.html'),
      '<script src="./boot.js"></script><script type="module" crossorigin src="./assets/index.js"></script><link rel="modulepreload" crossorigin href="./assets/a.js">',
    );
    writeFileSync(join(dist, 'boot.js'), '1');
    writeFileSync(join(dist, 'assets/index.js'), 'import"./a.js";import{b}from"./b.js";import("./later.js")');
    writeFileSync(join(dist, 'assets/a.js'), 'import"./b.js"');
    writeFileSync(join(dist, 'assets/b.js'), 'export const b=1');
    const sizes: ReadonlyMap<string, number> = initialScripts(dist);
    expect([...sizes.keys()].sort()).toEqual(['assets/a.js', 'assets/b.js', 'assets/index.js', 'boot.js']);
  });
});
