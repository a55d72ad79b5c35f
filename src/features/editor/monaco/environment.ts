/** Tells Monaco where its workers are; must run before the first model is made. */
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker';
import TypeScriptWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker';

(self as { MonacoEnvironment?: unknown }).MonacoEnvironment = {
  getWorker: (_: string, label: string): Worker => (label === 'typescript' || label === 'javascript' ? new TypeScriptWorker() : label === 'json' ? new JsonWorker() : new EditorWorker()),
};
