import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from './serve.mjs';

let folder = '';
let server: Server;
let port = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coldstart-serve-'));
  mkdirSync(join(folder, 'site'));
  writeFileSync(join(folder, 'secret.txt'), 'top secret');
  writeFileSync(join(folder, 'site/index.html'), '<p>hello</p>');
  writeFileSync(join(folder, 'site/a.wasm'), '0123456789');
  server = (await serve(join(folder, 'site'), 0)) as Server;
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The first line of the answer to a request exactly as written. */
function raw(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`));
    socket.on('data', (data) => (text += String(data)));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
}

describe('serve', () => {
  it('serves files with their type, and a folder as its index', async () => {
    const page = await fetch(`http://127.0.0.1:${port}/?x=1`);
    expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([200, 'text/html; charset=utf-8', '<p>hello</p>']);
    expect((await fetch(`http://127.0.0.1:${port}/a.wasm`)).headers.get('content-type')).toBe('application/wasm');
    expect((await fetch(`http://127.0.0.1:${port}/none.js`)).status).toBe(404);
  });

  it('gives parts of a file, and survives ranges and addresses that make no sense', async () => {
    const part = async (range: string) => {
      const answer = await fetch(`http://127.0.0.1:${port}/a.wasm`, { headers: { range } });
      return [answer.status, await answer.text(), answer.headers.get('content-range')];
    };
    expect(await part('bytes=2-4')).toEqual([206, '234', 'bytes 2-4/10']);
    expect(await part('bytes=8-99')).toEqual([206, '89', 'bytes 8-9/10']);
    expect(await part('bytes=50-')).toEqual([416, '', 'bytes */10']);
    expect(await raw('//')).toMatch(/^HTTP\/1\.1 (200|404)/);
    expect(await raw('/%')).toMatch(/^HTTP\/1\.1 400/);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });

  it('serves nothing outside of its folder', async () => {
    for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt']) expect(await raw(path), path).not.toContain('top secret');
    expect(await raw('/..%2fsecret.txt')).toMatch(/^HTTP\/1\.1 (403|404)/);
  });

  it('says when the port is taken', async () => {
    await expect(serve(folder, port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
