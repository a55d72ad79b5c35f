/** Which operation a REST request means: by method, path, and what its query and headers hold. */
import type { AnyServiceModel, HttpBinding } from '../../../sim/service.ts';
import type { ReadRequest } from './messages.ts';

export interface RestRoute {
  readonly model: AnyServiceModel;
  readonly operation: string;
  readonly http: HttpBinding;
  /** Members taken from the path. */
  readonly labels: Readonly<Record<string, string>>;
}

/** The operation of these models that fits; of several the one that asks for most, then the one with the fewest labels. */
export function routeOf(models: readonly AnyServiceModel[], request: Pick<ReadRequest, 'method' | 'path' | 'query' | 'headers'>): RestRoute | undefined {
  const found: (RestRoute & { readonly demands: number })[] = [];
  for (const model of models) {
    for (const [operation, { http }] of Object.entries(model.operations)) {
      if (http === undefined || http.method !== request.method) continue;
      const [path = '', literals = ''] = http.uri.split('?');
      const wanted = [...new URLSearchParams(literals)];
      const holds = wanted.every(([name, value]) => request.query[name] === value) && (http.needs ?? []).every((name) => request.headers[name] !== undefined || request.query[name] !== undefined);
      const labels = holds ? labelsOf(path, request.path) : undefined;
      if (labels !== undefined) found.push({ model, operation, http, labels, demands: wanted.length + (http.needs?.length ?? 0) });
    }
  }
  return found.sort((a, b) => b.demands - a.demands || Object.keys(a.labels).length - Object.keys(b.labels).length)[0];
}

/** Service and operation that a REST request means when it is one that is known and not modelled. */
export function unmodelledRouteOf(models: readonly AnyServiceModel[], request: Pick<ReadRequest, 'method' | 'path'>): { readonly service: string; readonly operation: string } | undefined {
  for (const { id, notModelledHttp = {} } of models) {
    for (const [operation, binding] of Object.entries(notModelledHttp)) {
      const [method, path = ''] = binding.split(' ');
      if (method === request.method && labelsOf(path, request.path) !== undefined) return { service: id, operation };
    }
  }
  return undefined;
}

function labelsOf(uri: string, path: string): Record<string, string> | undefined {
  const wanted = uri.split('/');
  const greedy = wanted.findIndex((part) => part.endsWith('+}'));
  // A greedy label keeps its slashes, the last one too.
  const given = (greedy < 0 ? path.replace(/\/$/, '') : path).split('/');
  const pattern = wanted.at(-1) === '' ? wanted.slice(0, -1) : wanted;
  if (greedy >= 0 ? given.length < pattern.length : pattern.length !== given.length) return undefined;
  const labels: Record<string, string> = {};
  for (const [i, part] of pattern.entries()) {
    const label = /^\{(\w+)\+?\}$/.exec(part)?.[1];
    const text = i === greedy ? given.slice(i).join('/') : given[i]!;
    if (label !== undefined && text !== '') labels[label] = decodeURIComponent(text);
    else if (part !== text) return undefined;
  }
  return labels;
}
