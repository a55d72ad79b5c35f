/** What the URL parser needs of punycode: code points. Unicode host names stay out (see the parser's name). */
export const ucs2 = { decode: (text) => Array.from(text, (char) => char.codePointAt(0)), encode: (points) => String.fromCodePoint(...points) };
export default { ucs2 };
