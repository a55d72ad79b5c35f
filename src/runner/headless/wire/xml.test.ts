/** XML and aws-chunked bodies: what is read, and what is refused. */
import { describe, expect, it } from 'vitest';
import { readChunked } from './aws-chunked.ts';
import { escapeXml, parseXml } from './xml.ts';

describe('XML of AWS requests', () => {
  it('is read with its namespaces, entities, CDATA and empty elements', () => {
    const root = parseXml('<?xml version="1.0"?>\n<!-- a note --><d:Delete xmlns:d="urn:x"><Object a="1"><Key>a&amp;b &#x263A;<![CDATA[<c>]]></Key></Object><Quiet/></d:Delete>');
    expect(root.name).toBe('Delete');
    expect(root.children.map((child) => child.name)).toEqual(['Object', 'Quiet']);
    expect(root.children[0]!.children[0]!.text).toBe('a&b ☺<c>');
  });

  it.each(['', 'text', '<a>', '<a></b>', '<a/><b/>', '<a><b></a></b>', '<a'])('refuses %j', (text) => expect(() => parseXml(text)).toThrow(SyntaxError));

  it('writes text that reads back as it was', () => {
    const text = 'a<b>&"c"\r\n';
    expect(parseXml(`<x>${escapeXml(text)}</x>`).text).toBe(text);
  });
});

describe('aws-chunked bodies', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('give the pieces joined, and the trailer as headers', () => {
    const headers: Record<string, string> = { 'content-encoding': 'gzip,aws-chunked' };
    const body = readChunked(bytes('5;chunk-signature=00\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n'), headers);
    expect(new TextDecoder().decode(body)).toBe('hello world');
    expect(headers).toEqual({ 'content-encoding': 'gzip', 'x-amz-checksum-crc32': 'DUoRhQ==' });
  });

  it.each(['5\r\nhel', 'no length', ''])('refuse %j', (text) => expect(() => readChunked(bytes(text), {})).toThrow(SyntaxError));
});
