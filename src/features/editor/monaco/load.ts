/** Monaco with what a handler needs: TypeScript's service for JavaScript and TypeScript, JSON, and types of Lambda, Node and the AWS SDK. Loaded when the code panel opens. */
import './environment.ts';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/typescript/register';
import 'monaco-editor/languages/features/json/register';
import { typescriptDefaults } from 'monaco-editor/languages/features/typescript/register';
import * as monaco from 'monaco-editor/editor';
import { COMPILER_OPTIONS } from './compiler-options.ts';
import runtime from './types/runtime.txt?raw';
import sdkBase from './types/sdk-base.txt?raw';
import sdkClients from './types/sdk-clients.txt?raw';

export type Monaco = typeof monaco;

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
  typescriptDefaults.setCompilerOptions(COMPILER_OPTIONS as unknown as Parameters<typeof typescriptDefaults.setCompilerOptions>[0]);
  typescriptDefaults.setDiagnosticsOptions({ noSuggestionDiagnostics: true });
  typescriptDefaults.setEagerModelSync(true);
  typescriptDefaults.addExtraLib(runtime, 'file:///node_modules/@types/runtime/index.d.ts');
  typescriptDefaults.addExtraLib(sdkBase, 'file:///node_modules/@types/sdk-base/index.d.ts');
  typescriptDefaults.addExtraLib(sdkClients, 'file:///node_modules/@types/sdk-clients/index.d.ts');
  const { awsLambdaTypes } = await import('./aws-lambda-types.ts');
  for (const [path, text] of Object.entries(awsLambdaTypes)) typescriptDefaults.addExtraLib(text, `file://${path}`);
  typescriptDefaults.addExtraLib('{"name":"@types/aws-lambda","types":"index.d.ts"}', 'file:///node_modules/@types/aws-lambda/package.json');
  // Tests and curious visitors reach the models by it.
  Object.assign(globalThis, { monaco });
  return monaco;
}
