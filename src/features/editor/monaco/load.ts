/** Monaco with what a handler needs: TypeScript's service for JavaScript and TypeScript, JSON, and types of Lambda, Node and the AWS SDK. Loaded when the code panel opens. */
import './environment.ts';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/typescript/register';
import 'monaco-editor/languages/features/json/register';
import { typescriptDefaults } from 'monaco-editor/languages/features/typescript/register';
import * as monaco from 'monaco-editor/editor';
import awsClients from './types/aws-clients.txt?raw';
import runtime from './types/runtime.txt?raw';

export type Monaco = typeof monaco;

type CompilerOptions = Parameters<typeof typescriptDefaults.setCompilerOptions>[0];
/** TypeScript's own numbers for what Monaco has no names for. */
const BUNDLER = 100 as unknown as NonNullable<CompilerOptions['moduleResolution']>;
const FORCE_MODULES = 3;

let ready: Promise<Monaco> | undefined;

/** Once for the page; a failure may be tried again. */
export function loadMonaco(): Promise<Monaco> {
  ready ??= prepare().catch((error: unknown) => {
    ready = undefined;
    throw error;
  });
  return ready;
}

async function prepare(): Promise<Monaco> {
  typescriptDefaults.setCompilerOptions({
    target: 99,
    module: 99,
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
    types: [],
  });
  typescriptDefaults.setDiagnosticsOptions({ noSuggestionDiagnostics: true });
  typescriptDefaults.setEagerModelSync(true);
  typescriptDefaults.addExtraLib(runtime, 'file:///node_modules/@types/runtime/index.d.ts');
  typescriptDefaults.addExtraLib(awsClients, 'file:///node_modules/@types/aws-clients/index.d.ts');
  const { awsLambdaTypes } = await import('./aws-lambda-types.ts');
  for (const [path, text] of Object.entries(awsLambdaTypes)) typescriptDefaults.addExtraLib(text, `file://${path}`);
  typescriptDefaults.addExtraLib('{"name":"@types/aws-lambda","types":"index.d.ts"}', 'file:///node_modules/@types/aws-lambda/package.json');
  // Tests and curious visitors reach the models by it.
  Object.assign(globalThis, { monaco });
  return monaco;
}
