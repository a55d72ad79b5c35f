/** Formats the file that is open in the code editor; its menu item does not wait for Monaco. */

/** Nothing happens where Monaco is not loaded: there is nothing to format with. */
export async function formatOpen(): Promise<void> {
  const { loadMonaco } = await import('./load.ts');
  const monaco = await loadMonaco();
  const open = monaco.editor.getEditors().find((candidate) => candidate.getDomNode()?.closest('.editor-code') !== null && !candidate.getRawOptions().readOnly);
  if (open === undefined) return;
  open.focus();
  await open.getAction('editor.action.formatDocument')?.run();
}
