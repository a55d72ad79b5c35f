/** node:url and the global URL: the WHATWG implementation without Unicode host names. */
import { URL, URLSearchParams } from 'whatwg-url-without-unicode';
import { customInspect, inspect } from '../core/inspect.js';
import { invalidArgument } from '../core/buffer.js';

Object.defineProperty(URL, 'canParse', {
  value: (url, base) => URL.parse(url, base) !== null,
  writable: true,
  configurable: true,
});
Object.defineProperty(URL, 'parse', {
  value: (url, base) => {
    try {
      return new URL(url, base);
    } catch {
      return null;
    }
  },
  writable: true,
  configurable: true,
});
Object.defineProperty(URL.prototype, customInspect, {
  value(depth, options) {
    const shown = {};
    for (const key of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'searchParams', 'hash']) shown[key] = this[key];
    return `URL ${inspect(shown, options)}`;
  },
});
Object.defineProperty(URLSearchParams.prototype, customInspect, {
  value(depth, options) {
    const entries = [...this].map(([key, value]) => `${inspect(key)} => ${inspect(value)}`);
    return entries.length === 0 ? 'URLSearchParams {}' : `URLSearchParams { ${entries.join(', ')} }`;
  },
});
if (!('size' in URLSearchParams.prototype)) {
  Object.defineProperty(URLSearchParams.prototype, 'size', {
    get() {
      return [...this].length;
    },
    configurable: true,
    enumerable: true,
  });
}

export function fileURLToPath(url) {
  const target = typeof url === 'string' ? new URL(url) : url;
  if (!(target instanceof URL)) throw invalidArgument('path', 'of type string or an instance of URL', url);
  if (target.protocol !== 'file:') throw Object.assign(new TypeError('The URL must be of scheme file'), { code: 'ERR_INVALID_URL_SCHEME' });
  return decodeURIComponent(target.pathname);
}
export const pathToFileURL = (path) => new URL(`file://${encodeURI(path.startsWith('/') ? path : `${globalThis.process.cwd()}/${path}`).replace(/[?#]/g, encodeURIComponent)}`);

/** The legacy parser, over the standard one. */
function parse(text, query = false) {
  const relative = !/^[a-z][a-z0-9+.-]*:/i.test(text);
  const url = new URL(text, relative ? 'http://relative.invalid' : undefined);
  const search = url.search === '' ? null : url.search;
  const parsed = { protocol: relative ? null : url.protocol, slashes: relative ? null : text.includes('//'), auth: url.username === '' ? null : `${url.username}${url.password === '' ? '' : `:${url.password}`}`, host: relative ? null : url.host, port: url.port === '' ? null : url.port, hostname: relative ? null : url.hostname, hash: url.hash === '' ? null : url.hash, search, query: search === null ? null : search.slice(1), pathname: url.pathname, path: url.pathname + url.search, href: relative ? text : url.href };
  if (query) parsed.query = Object.fromEntries(url.searchParams);
  return parsed;
}

export { URL, URLSearchParams };
export default { URL, URLSearchParams, fileURLToPath, pathToFileURL, parse, format: (url) => (typeof url === 'string' ? url : url.href), resolve: (from, to) => new URL(to, from).href, domainToASCII: (text) => new URL(`http://${text}`).hostname, domainToUnicode: (text) => text };
