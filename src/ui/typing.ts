/** Whether keys typed at a place are text or belong to a part of their own (an editor, a dialog, a menu), so that single-letter shortcuts keep away. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
      target.closest('.monaco-editor, [role="dialog"], [role="menu"], .nokey') !== null)
  );
}
