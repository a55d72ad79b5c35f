/** All service views, found by folder: how cards and inspectors look. Loaded on the page only. */
import type { ServiceView } from './view-contract.ts';

const modules = import.meta.glob<{ view: ServiceView }>(['./*/view/index.tsx', '!./_*/**'], { eager: true });

export const viewById: ReadonlyMap<string, ServiceView> = new Map(Object.values(modules).map((module) => [module.view.id, module.view]));
