/** Programs of layers: async and sync, their files, failures and the ways to call them. */
import { describe, expect, test } from 'vitest';
import { memoryBlobs, testRuntime, testSpec, TestProcess } from './testing.ts';
import type { Answers, Outcome } from './testing.ts';

const programs = ['/opt/bin/ffmpeg', '/opt/bin/ffprobe'];
const blobs = memoryBlobs();
const runtime = testRuntime(blobs);
const out = blobs.put(new TextEncoder().encode('rendition'));
const good: Answers = { child: (command) => ({ stdout: `ran ${command.args.join(' ')}`, stderr: 'some words\n', tmp: { '/tmp/out.mp4': out } }) };
const bad: Answers = { child: () => ({ exitCode: 1, stderr: '/tmp/x: Invalid data found\n' }) };

function call(body: string, answers: Answers, o: { readonly programs?: readonly string[] } = {}): Outcome {
  const code = `import * as cp from 'node:child_process'; import { promisify } from 'node:util'; import fs from 'node:fs'; export const handler = async () => {\n${body}\n};`;
  const process = new TestProcess(runtime, testSpec({ files: { 'index.mjs': code }, programs: o.programs ?? programs }), answers);
  process.start();
  return process.invoke();
}

describe('execFile', () => {
  test('gives output and files', () => {
    expect(call("const { stdout, stderr } = await promisify(cp.execFile)('/opt/bin/ffmpeg', ['-i', 'a b']); return [stdout, stderr, fs.readFileSync('/tmp/out.mp4', 'utf8')];", good).value).toEqual(['ran -i a b', 'some words\n', 'rendition']);
  });

  test('finds the program by its name', () => {
    expect(call("return (await promisify(cp.execFile)('ffprobe', ['-v'])).stdout;", good).value).toBe('ran -v');
  });

  test('fails with code, text and output of the program', () => {
    expect(call("try { await promisify(cp.execFile)('/opt/bin/ffmpeg', ['-x']); } catch (error) { return [error.code, error.killed, error.signal, error.cmd, error.message, error.stderr]; }", bad).value).toEqual([1, false, null, '/opt/bin/ffmpeg -x', 'Command failed: /opt/bin/ffmpeg -x\n/tmp/x: Invalid data found\n', '/tmp/x: Invalid data found\n']);
  });

  test('of a program that is not there is ENOENT', () => {
    expect(call("try { await promisify(cp.execFile)('/opt/bin/ffmpeg', []); } catch (error) { return [error.code, error.message, error.path]; }", good, { programs: [] }).value).toEqual(['ENOENT', 'spawn /opt/bin/ffmpeg ENOENT', '/opt/bin/ffmpeg']);
  });
});

describe('spawn', () => {
  test('streams output and tells the end', () => {
    expect(call("const seen = []; await new Promise((done) => { const child = cp.spawn('ffmpeg', ['-y']); child.stdout.on('data', (d) => seen.push(String(d))); child.stderr.on('data', (d) => seen.push(String(d))); child.on('exit', (code) => seen.push(['exit', code])); child.on('close', (code) => { seen.push(['close', code]); done(); }); }); return seen;", good).value).toEqual([['exit', 0], 'ran -y', 'some words\n', ['close', 0]]);
  });

  test('is ended by kill', () => {
    const outcome = call("return new Promise((done) => { const child = cp.spawn('ffmpeg', ['-y']); child.on('close', (code, signal) => done([code, signal, child.killed])); child.kill('SIGKILL'); });", { child: () => ({ exitCode: null, signal: 'SIGKILL' }) });
    expect(outcome.value).toEqual([null, 'SIGKILL', true]);
    expect(outcome.effects).toContainEqual(expect.objectContaining({ kind: 'kill-child', signal: 'SIGKILL' }));
  });
});

describe('sync children', () => {
  test('return output; code before and after them runs once', () => {
    const outcome = call("console.log('before'); const text = cp.execFileSync('/opt/bin/ffprobe', ['-v'], { encoding: 'utf8', stdio: 'pipe' }); console.log('between'); const size = cp.execFileSync('ffmpeg', ['-y']).length; console.log('after'); return [text, size, fs.existsSync('/tmp/out.mp4'), Math.random() < 1];", good);
    expect(outcome.value).toEqual(['ran -v', 6, true, true]);
    expect(outcome.logs.map((line) => line.split('\t').pop())).toEqual(['before', 'between', 'some words', 'after']);
  });

  test('throw with status and output', () => {
    expect(call("try { cp.execFileSync('ffmpeg', ['-x'], { stdio: 'pipe' }); } catch (error) { return [error.status, String(error.stderr)]; }", bad).value).toEqual([1, '/tmp/x: Invalid data found\n']);
    expect(call("const r = cp.spawnSync('ffmpeg', ['-x'], { encoding: 'utf8' }); return [r.status, r.signal, r.stderr];", bad).value).toEqual([1, null, '/tmp/x: Invalid data found\n']);
  });
});

test('exec takes a simple command line, and refuses what needs a shell', () => {
  expect(call("return (await promisify(cp.exec)('ffmpeg -i \"my file.mp4\" out')).stdout;", good).value).toBe('ran -i my file.mp4 out');
  expect(call("try { await promisify(cp.exec)('ffmpeg -i x | cat'); } catch (error) { return error.name; }", good).value).toBe('NotModelled');
  expect(call("try { await promisify(cp.exec)('convert a b'); } catch (error) { return error.code; }", good).value).toBe(127);
});
