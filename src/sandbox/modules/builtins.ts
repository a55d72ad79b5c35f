/** ES module sources of what the guest supplies: Node's modules by the names that the prelude has, SDK packages by their descriptions. */
import type { SdkServiceDescription } from '../../sim/ports/runtime.ts';
import type { GuestModuleTable } from '../guest-contract.ts';

const ACCESS = "globalThis[Symbol.for('coldstart.module')]";

/** A module whose exports are those of the guest's object, and the object itself as default. */
function wrapperSource(name: string, exports: readonly string[]): string {
  const quoted = JSON.stringify(name);
  const lines = exports.map((key, at) => `const v${at} = g.builtinExport(${quoted}, ${JSON.stringify(key)}); export { v${at} as ${key} };`);
  return `const g = ${ACCESS}; const b = g.builtin(${quoted}); export default b;\n${lines.join('\n')}\n`;
}

/** An ES module over a CommonJS or JSON file. */
export function commonJsWrapper(name: string, format: 'commonjs' | 'json', exports: readonly string[]): string {
  const lines = exports.map((key, at) => `const v${at} = m.${key}; export { v${at} as ${key} };`);
  return `const m = ${ACCESS}.commonjs(${JSON.stringify(name)}, '${format}'); export default m;\n${lines.join('\n')}\n`;
}

function sdkExports(description: SdkServiceDescription): readonly string[] {
  const serviceName = description.clientName.replace(/Client$/, '');
  const errors = description.errors.filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
  const names = [description.clientName, serviceName, `${serviceName}ServiceException`, '$Command', ...errors, ...description.operations.map((operation) => `${operation}Command`), ...description.paginators.map(({ operation }) => `paginate${operation}`), ...(description.waiters ?? []).map(({ name }) => `waitUntil${name}`)];
  return [...new Set(names)];
}

/** What guest/build.mjs makes. */
export interface GeneratedGuest {
  readonly prelude: string;
  readonly moduleExports: Readonly<Record<string, readonly string[]>>;
  readonly chunks: Readonly<Record<string, string>>;
}

/** The table that the engine and the module host use. */
export function guestTable(guest: GeneratedGuest, sdk: readonly SdkServiceDescription[]): GuestModuleTable {
  const sources: Record<string, string> = {};
  for (const [name, exports] of Object.entries(guest.moduleExports)) sources[name] = wrapperSource(name, exports);
  for (const description of sdk) sources[description.packageName] = wrapperSource(description.packageName, sdkExports(description));
  return { sources, prelude: `globalThis.__sdk = ${JSON.stringify(sdk)};\n${guest.prelude}`, chunks: guest.chunks };
}

/** The source of an SDK package for user code that also imports commands that nobody described. */
export function withUnknownCommands(source: string, name: string, commands: readonly string[]): string {
  const added = commands.map((command, at) => `const u${at} = g.builtinExport(${JSON.stringify(name)}, ${JSON.stringify(command)}); export { u${at} as ${command} };`);
  return `${source}${added.join('\n')}\n`;
}
