/** XML as AWS's protocols use it: elements and text; attributes and comments are passed over. */

export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** Text directly in it. */
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function escapeXml(text: string): string {
  // A carriage return that is not written as a reference would be read as a line feed.
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\r', '&#xD;');
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
  });
}

/** The root element of a document. @throws SyntaxError for text that is no well-formed XML */
export function parseXml(text: string): XmlElement {
  const root: Open = { name: '', children: [], text: '' };
  const open: Open[] = [root];
  const token = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>]*>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)(?:\s[^>]*?)?(\/?)>|([^<]+)|</g;
  for (const [whole, data, closing, opening, empty, words] of text.matchAll(token)) {
    const top = open[open.length - 1]!;
    if (whole === '<') throw new SyntaxError('The XML is not well-formed.');
    if (data !== undefined) top.text += data;
    else if (words !== undefined) top.text += unescapeXml(words);
    else if (opening !== undefined) {
      const element: Open = { name: localName(opening), children: [], text: '' };
      top.children.push(element);
      if (empty !== '/') open.push(element);
    } else if (closing !== undefined) {
      if (open.length < 2 || top.name !== localName(closing)) throw new SyntaxError('The XML is not well-formed.');
      open.pop();
    }
  }
  const [document] = root.children;
  if (open.length !== 1 || root.children.length !== 1 || document === undefined) throw new SyntaxError('The XML is not well-formed.');
  return document;
}

interface Open {
  readonly name: string;
  readonly children: Open[];
  text: string;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** An element with text, escaped. */
export function textElement(name: string, value: string): string {
  return `<${name}>${escapeXml(value)}</${name}>`;
}

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
