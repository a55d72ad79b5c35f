/** The docs as text for a terminal: a few lines a service. */
import type { Docs, DocumentedService } from '../runner/headless/docs.ts';

const WIDTH = 100;

export function docsText(docs: Docs): string {
  return `${docs.services.map(serviceText).join('\n\n')}\n`;
}

function serviceText(service: DocumentedService): string {
  const head = `${service.title} (${service.id}${service.sdk === undefined ? '' : `, ${service.sdk.packageName}`})`;
  return [
    head,
    ...wrapped('modelled', service.operations.map(({ name }) => name)),
    ...(service.notModelled.length === 0 ? [] : wrapped('not modelled', service.notModelled)),
    ...service.simplified.map((sentence) => `  simplified    ${sentence}`),
    ...service.limits.map(({ name, value, source }) => `  limit         ${name} = ${value}   [${source}]`),
    ...service.prices.map(({ label, usd, source }) => `  price         ${label}: $${Number(usd.toPrecision(6))}   [${source}]`),
  ].join('\n');
}

/** A label, and words in lines of a terminal's width. */
function wrapped(label: string, words: readonly string[]): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines[lines.length - 1];
    if (last === undefined || last.length + word.length + 2 > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last}, ${word}`;
  }
  return lines.map((line, i) => `  ${(i === 0 ? label : '').padEnd(14)}${line}`);
}
