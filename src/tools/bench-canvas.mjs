/**
 * `npm run bench:canvas`: frames of the built page with 200 cards, 300 connections and about a thousand tokens on the wire, against the
 * same page at rest, in one Chromium. Prints a row as `npm run bench` does. `--profile file` writes a CPU profile of the playing page.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { chromiumFlags, findChromium } from './find-chromium.mjs';
import { serve } from './serve.mjs';

const PORT = 4719;
const BUSES = 20;
const QUEUES = 180;
const RULES_PER_BUS = 15;
const MEASURE_MS = 6_000;
const BAR = 1.3;

/** Buses in the middle, queues around them; every event of a bus goes to fifteen queues. */
function scenario() {
  const nodes = [];
  const edges = [];
  const stimuli = [];
  for (let i = 0; i < QUEUES; i++) nodes.push({ id: `q${i}`, service: 'sqs', config: { name: `queue-${i}` }, position: { x: 640 + (i % 15) * 272, y: Math.floor(i / 15) * 184 } });
  for (let b = 0; b < BUSES; b++) {
    nodes.push({ id: `b${b}`, service: 'events', config: { name: `bus-${b}` }, position: { x: (b % 2) * 272, y: Math.floor(b / 2) * 216 } });
    for (let r = 0; r < RULES_PER_BUS; r++) {
      const to = (b * 9 + r * 7) % QUEUES;
      edges.push({ id: `e${b}-${r}`, from: `b${b}`, to: `q${to}`, port: 'events.rule', config: { Name: `rule-${r}`, EventPattern: '{"source":["bench"]}' }, grant: true });
    }
    const Entries = [{ EventBusName: `bus-${b}`, Source: 'bench', DetailType: 'Tick', Detail: '{}' }];
    stimuli.push({ id: `s${b}`, node: `b${b}`, call: { service: 'events', operation: 'PutEvents', input: { Entries } }, arrivals: { kind: 'constant', everyMs: 17, fromMs: 100 + b, untilMs: 600_000 } });
  }
  return { base: { version: 1, name: 'Bench', startAt: '2026-01-01T00:00:00Z', seed: 7, nodes, edges, stimuli, faults: [] }, inputs: [] };
}

/** In the page: lengths of frames, ms, and tokens drawn in each (a token is two fills: halo and shape). */
function watchFrames(ms) {
  return new Promise((resolve) => {
    const frames = [];
    const tokens = [];
    const begin = performance.now();
    let last = begin;
    const onFrame = (now) => {
      frames.push(now - last);
      tokens.push(window.__fills / 2);
      window.__fills = 0;
      last = now;
      if (now - begin < ms) requestAnimationFrame(onFrame);
      else resolve({ frames: frames.slice(1), tokens: tokens.slice(1) });
    };
    requestAnimationFrame(onFrame);
  });
}

const at = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

const dist = join(import.meta.dirname, '..', '..', 'dist');
const { encodeLink } = await import(pathToFileURL(join(dist, 'headless', 'coldstart.mjs')).href);
const link = await encodeLink(scenario());
const server = await serve(dist, PORT);
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags() });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    window.__fills = 0;
    const { fill } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fill = function counted(...args) {
      window.__fills++;
      return fill.apply(this, args);
    };
  });
  await page.goto(`http://localhost:${PORT}/${link.startsWith('#') ? link : `#${link}`}`);
  await page.locator('.react-flow__node').nth(199).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  const rest = await page.evaluate(watchFrames, MEASURE_MS);
  await page.getByRole('radio', { name: '1/20' }).click();
  const session = await page.context().newCDPSession(page);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  const warm = await page.evaluate(watchFrames, 12_000);
  const profile = process.argv.indexOf('--profile');
  if (profile > 0) {
    await session.send('Profiler.enable');
    await session.send('Profiler.start');
  }
  const busy = await page.evaluate(watchFrames, MEASURE_MS);
  if (profile > 0) writeFileSync(process.argv[profile + 1], JSON.stringify((await session.send('Profiler.stop')).profile));
  const ratio = at(busy.frames, 0.95) / at(rest.frames, 0.95);
  const words = ({ frames, tokens }) => `p50 ${at(frames, 0.5).toFixed(1)} ms, p95 ${at(frames, 0.95).toFixed(1)} ms, p99 ${at(frames, 0.99).toFixed(1)} ms, ${frames.length} frames, ${Math.round(at(tokens, 0.5))} tokens`;
  console.log(`at rest: ${words(rest)}\nwarming: ${words(warm)}\nplaying: ${words(busy)}`);
  console.log(`canvas, 200 cards, 300 connections: p95 ${ratio.toFixed(2)}x of the page at rest (at most ${BAR}x): ${ratio <= BAR ? 'met' : 'MISSED'}`);
  if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
} finally {
  await browser.close();
  server?.close?.();
}
process.exit(0);
