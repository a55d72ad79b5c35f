import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64UrlEncode } from '../base/base64.ts';
import { deflate } from '../base/deflate.ts';
import { sha256Bytes } from '../base/hash.ts';
import { utf8Encode } from '../base/utf8.ts';
import { manifests } from '../services/manifests.ts';
import { manifestsById } from './environment.ts';
import { exportScenario, fileNameOf, importScenario } from './file.ts';
import { decodeScenarioLink, encodeScenarioLink, LINK_CHARS_MAX, LinkError } from './link.ts';
import type { LinkProblem } from './link.ts';
import { templates } from './templates/templates.ts';
import type { ScenarioDocument } from './schema.ts';

const known = manifestsById(manifests);
const bases = templates.map(({ id, document }) => ({ id, document }));
const pipeline = templates[0]!.document;
const decode = (link: string) => decodeScenarioLink(link, bases, known);
const reasonOf = (link: string): LinkProblem | 'none' => {
  try {
    decode(link);
    return 'none';
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    return error.reason;
  }
};
/** A link with a good checksum over any text. */
function forged(text: string, codec = 1): string {
  const packed = deflate(utf8Encode(text));
  const body = Uint8Array.of(0, ...packed);
  return `#s=${codec}.${base64UrlEncode(Uint8Array.of(body.length >>> 16, (body.length >>> 8) & 255, body.length & 255, ...sha256Bytes(body).slice(0, 4), ...body))}`;
}
function edited(change: (document: ScenarioDocument) => void): ScenarioDocument {
  const copy = structuredClone(pipeline);
  change(copy);
  return copy;
}

describe('Scenario links', () => {
  it.each(templates.map((template) => [template.id, template.document] as const))('carries %s within the limit, and back', (id, document) => {
    const link = encodeScenarioLink(document, bases, 1_500_000);
    expect(link.length - 1).toBeLessThanOrEqual(LINK_CHARS_MAX);
    expect(decode(`https://example.org/play/${link}`)).toEqual({ document, momentUs: 1_500_000, baseId: id });
  });

  it('pays for the difference only: an edited handler and an input', () => {
    const document = edited((copy) => {
      const node = copy.base.nodes.find((candidate) => candidate.id === 'transcode')!;
      node.files!['handler.mjs'] = node.files!['handler.mjs']!.replace('[1080, 720, 480]', '[720, 480, 240] /* smaller */');
      copy.inputs.push({ kind: 'call', atUs: 5_000_000, service: 'sqs', operation: 'PurgeQueue', input: { QueueUrl: 'x' } });
    });
    const link = encodeScenarioLink(document, bases);
    expect(link.length).toBeLessThan(500);
    expect(decode(link)).toEqual({ document, momentUs: null, baseId: 'video-pipeline' });
  });

  it('carries any scenario, also one that comes from no template', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ name: fc.string({ minLength: 1, maxLength: 20 }), x: fc.integer(), y: fc.double({ noNaN: true, noDefaultInfinity: true }) }), { maxLength: 8 }), fc.string({ unit: 'binary', maxLength: 300 }), (nodes, text) => {
        const document: ScenarioDocument = {
          base: { ...pipeline.base, nodes: nodes.map(({ name, x, y }, i) => ({ id: `n${i}`, service: 'lambda', config: { name: `${name}${i}` }, files: { 'index.mjs': text }, position: { x, y: y || 0 } })), edges: [], stimuli: [] },
          inputs: [],
        };
        expect(decode(encodeScenarioLink(document, bases)).document).toEqual(document);
      }),
      { numRuns: 20, seed: 11 },
    );
  });

  it('tells what is wrong with a broken link, each in its own words', () => {
    const link = encodeScenarioLink(pipeline, bases);
    expect(reasonOf('https://example.org/')).toBe('not-a-link');
    expect(reasonOf('#s=1.***')).toBe('not-a-link');
    expect(reasonOf(link.slice(0, -3))).toBe('cut-short');
    expect(reasonOf(link.slice(0, 12))).toBe('cut-short');
    expect(reasonOf(link.replace('#s=1.', '#s=2.'))).toBe('newer');
    expect(reasonOf(forged(JSON.stringify({ ...pipeline, base: { ...pipeline.base, version: 99 } })))).toBe('newer');
    const at = 40;
    expect(reasonOf(`${link.slice(0, at)}${link[at] === 'A' ? 'B' : 'A'}${link.slice(at + 1)}`)).toBe('damaged');
    expect(reasonOf(forged('[1,2]'))).toBe('invalid');
    expect(reasonOf(forged('no json'))).toBe('invalid');
    expect(reasonOf(forged(JSON.stringify({ ...pipeline, more: 1 })))).toBe('invalid');
    expect(new LinkError('cut-short').message).toBe('This link is cut short. Your work here has not been touched.');
  });

  it('stops a bomb before it has grown, and does not look at endless text', () => {
    expect(reasonOf(forged(`"${'a'.repeat(30_000_000)}"`))).toBe('too-big');
    expect(reasonOf(`#s=1.${'A'.repeat(300_000)}`)).toBe('too-big');
  });

  it('never fails with anything but a LinkError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, checked) => {
        const body = checked ? Uint8Array.of(0, 0, bytes.length, ...sha256Bytes(bytes).slice(0, 4), ...bytes) : bytes;
        expect(reasonOf(`#s=1.${base64UrlEncode(body)}`)).not.toBe('none');
      }),
      { numRuns: 300, seed: 3 },
    );
  });
});

describe('Scenario files', () => {
  it('go out and come in again', () => {
    expect(importScenario(exportScenario(pipeline), known)).toEqual({ ok: true, document: pipeline });
    expect(fileNameOf(pipeline)).toBe('video-pipeline.coldstart.json');
  });

  it('say what is wrong with them', () => {
    expect(importScenario('{', known)).toMatchObject({ ok: false, message: expect.stringContaining('no JSON') });
    expect(importScenario('{}', known)).toMatchObject({ ok: false, message: expect.stringContaining('no Coldstart scenario') });
    expect(importScenario(exportScenario(edited((copy) => (copy.base.seed = -1))), known)).toMatchObject({ ok: false, message: expect.stringContaining('base.seed') });
    expect(importScenario(exportScenario(edited((copy) => (copy.base.edges[0]!.to = 'nowhere'))), known)).toMatchObject({ ok: false, message: expect.stringContaining('nowhere') });
  });
});
