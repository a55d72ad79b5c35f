/** All service manifests, found by folder: what the canvas and the deployer know of services. */
import type { ServiceManifest } from '../sim/manifest.ts';

const modules = import.meta.glob<{ manifest: ServiceManifest }>(['./*/model/manifest.ts', '!./_*/**'], { eager: true });

/** Every manifest, in palette order. Folders that begin with _ are left out. */
export const manifests: readonly ServiceManifest[] = Object.values(modules)
  .map((module) => module.manifest)
  .sort((a, b) => a.paletteOrder - b.paletteOrder || (a.id < b.id ? -1 : 1));

export const manifestById: ReadonlyMap<string, ServiceManifest> = new Map(manifests.map((manifest) => [manifest.id, manifest]));
