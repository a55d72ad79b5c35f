/** How the editor's TypeScript reads handlers; the tests of its types read them the same way. */

/** TypeScript's own numbers: Monaco has names for some of them only. */
const BUNDLER = 100;
const FORCE_MODULES = 3;
const ES_NEXT = 99;

export const COMPILER_OPTIONS = {
  target: ES_NEXT,
  module: ES_NEXT,
  moduleResolution: BUNDLER,
  moduleDetection: FORCE_MODULES,
  allowJs: true,
  checkJs: true,
  allowNonTsExtensions: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  esModuleInterop: true,
  allowSyntheticDefaultImports: true,
  resolveJsonModule: true,
  // Handlers are read by people who learn: what is surely wrong is marked, not what could be typed more strictly.
  strict: false,
  lib: ['es2023'],
  types: [] as string[],
};
