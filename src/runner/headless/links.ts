/** Share links, headless: the same codec and the same bases as the page's. */
import { manifests } from '../../services/manifests.ts';
import { manifestsById } from '../../scenario/environment.ts';
import { decodeScenarioLink, encodeScenarioLink } from '../../scenario/link.ts';
import type { LinkBase } from '../../scenario/link.ts';
import type { ScenarioDocument } from '../../scenario/schema.ts';
import { templates } from '../../scenario/templates/templates.ts';
import { readScenario } from './read-scenario.ts';

const bases: readonly LinkBase[] = templates.map(({ id, document }) => ({ id, document }));

/** `#s=…` of a scenario. Longer than 1,900 characters after the # only when the difference from every template is that large. @throws InvalidScenario */
export async function encodeLink(scenario: object): Promise<string> {
  return encodeScenarioLink(readScenario(scenario).document, bases);
}

/** The scenario of a link, with or without the address before its #. @throws LinkError with a `reason` */
export async function decodeLink(link: string): Promise<ScenarioDocument> {
  return decodeScenarioLink(String(link), bases, manifestsById(manifests)).document;
}
