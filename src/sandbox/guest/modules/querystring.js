/** node:querystring. */
const escape = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (char) => (char === "'" || char === '(' || char === ')' || char === '!' || char === '*' ? char : `%${char.charCodeAt(0).toString(16)}`));
function unescape(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
const primitive = (value) => (typeof value === 'string' ? value : typeof value === 'number' && Number.isFinite(value) ? `${value}` : typeof value === 'bigint' || typeof value === 'boolean' ? `${value}` : '');

function stringify(object, separator = '&', equals = '=') {
  if (typeof object !== 'object' || object === null) return '';
  return Object.entries(object)
    .flatMap(([key, value]) => (Array.isArray(value) ? value.map((item) => [key, item]) : [[key, value]]))
    .map(([key, value]) => `${escape(key)}${equals}${escape(primitive(value))}`)
    .join(separator);
}

function parse(text, separator = '&', equals = '=') {
  const result = Object.create(null);
  if (typeof text !== 'string' || text === '') return result;
  for (const part of text.split(separator).slice(0, 1000)) {
    const at = part.indexOf(equals);
    const key = unescape((at < 0 ? part : part.slice(0, at)).replaceAll('+', ' '));
    const value = at < 0 ? '' : unescape(part.slice(at + equals.length).replaceAll('+', ' '));
    if (key in result) result[key] = [].concat(result[key], value);
    else result[key] = value;
  }
  return result;
}
export default { escape, unescape, stringify, encode: stringify, parse, decode: parse };
