/** Commands of the canvas as keys, palette and lists give them: what they do is fetched with the canvas, so that the page's first code goes without it. */
import type { OpenMenu } from './canvas-commands.ts';
import type { AppServices } from './services.ts';

const commands = () => import('./canvas-commands.ts');

export async function addService(app: AppServices, service: string): Promise<void> {
  (await commands()).addService(app, service);
}

export async function openConnectMenu(app: AppServices, open: (menu: OpenMenu) => void): Promise<void> {
  (await commands()).openConnectMenu(app, open);
}

export async function removeSelection(app: AppServices): Promise<void> {
  (await commands()).removeSelection(app);
}
