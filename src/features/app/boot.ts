/** What is opened when the page comes up, and when its address gets another link: a link's scenario, the kept one, or the first template. */
import { showToast } from '../../ui/overlay/toast-store.ts';
import { FIRST } from './services.ts';
import type { AppServices } from './services.ts';

export async function boot(app: AppServices): Promise<void> {
  window.addEventListener('hashchange', () => void followAddress(app));
  // A link stays in the address as long as it is what is open, unchanged.
  app.scenario.subscribe((state) => (state.origin.kind !== 'link' || state.changed) && opened && forgetAddress());
  if (!(await followAddress(app))) await openKept(app);
  opened = true;
}

/** False until the first scenario is open: until then the address has not been looked at. */
let opened = false;

/** Opens the link in the address, when there is one. Answers whether a scenario was opened. A link that says nothing leaves the address. */
async function followAddress(app: AppServices): Promise<boolean> {
  const { hash } = window.location;
  if (!hash.startsWith('#s=')) return false;
  const { openLink } = await import('./links.ts');
  const opened = openLink(app, hash);
  if (!opened) forgetAddress();
  return opened;
}

/** The link is done with: a reload comes back to what is saved here. */
export function forgetAddress(): void {
  if (window.location.hash !== '') window.history.replaceState(null, '', window.location.pathname + window.location.search);
}

/** Opens what this browser keeps; on a first visit the first template, with a piece of its run already computed. */
export async function openKept(app: AppServices): Promise<void> {
  const kept = await app.saved.read();
  if (kept === 'broken')
    showToast({
      text: 'What was saved here cannot be read any more. It was left as it is; the template is open instead.',
      tone: 'bad',
      icon: 'warn',
      durationMs: 12_000,
    });
  if (kept === null || kept === 'broken') return app.open(FIRST.document, { kind: 'template', id: FIRST.id }, FIRST.opening);
  app.open(kept.document, kept.origin);
  app.saved.isOpen();
  app.scenario.setSaved('saved');
}
