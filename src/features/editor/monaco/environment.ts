/** Tells Monaco where its workers are; must run before Monaco does. */
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker';
import TypeScriptWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker';

(self as { MonacoEnvironment?: unknown }).MonacoEnvironment = {
  // Puts `monaco` on the window: tests and curious visitors reach models by it.
  globalAPI: true,
  getWorker: (_: string, label: string): Worker => (label === 'typescript' || label === 'javascript' ? new TypeScriptWorker() : label === 'json' ? new JsonWorker() : new EditorWorker()),
};
