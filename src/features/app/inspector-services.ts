/** What the inspector needs of the app: stores, registries, and calls to the run. */
import type { InspectorServices } from '../inspector/inspector-services.ts';
import { removeSelection } from './late-commands.ts';
import type { AppServices } from './services.ts';

const made = new WeakMap<AppServices, InspectorServices>();

/** One object for the life of the page: a new one would draw everything again. */
export function inspectorServices(app: AppServices, thumbnail: (sha256: string) => string | undefined): InspectorServices {
  const known = made.get(app);
  if (known?.thumbnail === thumbnail) return known;
  const { scenario, run, view, manifests, client } = app;
  const services: InspectorServices = {
    scenario,
    run,
    view,
    manifests,
    thumbnail,
    call: (service, operation, input) => client.call(service, operation, input as Readonly<Record<string, unknown>>),
    seek: client.seek,
    openBlob: (sha256, name) => {
      app.names.set(sha256, name);
      view.openBottom('media');
    },
    removeSelection: () => void removeSelection(app),
  };
  made.set(app, services);
  return services;
}
