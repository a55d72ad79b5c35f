/** All service models, found by folder. A new service is a new folder; nothing here changes. */
import type { AnyServiceModel } from '../sim/service.ts';

const modules = import.meta.glob<{ model: AnyServiceModel }>(['./*/model/index.ts', '!./_*/**'], { eager: true });

/** Every model, by id in order. Folders that begin with _ are left out. */
export const models: readonly AnyServiceModel[] = Object.values(modules)
  .map((module) => module.model)
  .sort((a, b) => (a.id < b.id ? -1 : 1));
