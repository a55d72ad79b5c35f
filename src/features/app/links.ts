/** Scenarios as links: what they may lean on, opening one, and the way back to one's own. */
import { decodeScenarioLink, LinkError } from '../../scenario/link.ts';
import type { LinkBase } from '../../scenario/link.ts';
import { templates } from '../../scenario/templates/templates.ts';
import type { AppServices } from './services.ts';

/** Documents that links are written as a difference from. */
export const linkBases: readonly LinkBase[] = templates.map(({ id, document }) => ({ id, document }));

/** Opens a link, paused. What cannot be opened is said in a banner, and nothing here changes. Answers whether it was opened. */
export function openLink(app: AppServices, link: string): boolean {
  try {
    const shared = decodeScenarioLink(link, linkBases, app.manifests);
    const momentMs = (shared.momentUs ?? 0) / 1_000;
    app.notice.setState({ link: null });
    app.open(shared.document, { kind: 'link', ...(shared.baseId === null ? {} : { id: shared.baseId }) }, { prefetchMs: momentMs, showMs: momentMs });
    return true;
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    app.notice.setState({ link: { sentence: error.message, detail: error.detail } });
    return false;
  }
}
