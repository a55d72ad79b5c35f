/** Monaco's theme, made from the page's tokens, so that code looks like everything else in both themes. */
import type { Monaco } from './load.ts';

/** Colour roles: Monaco's key → token. */
const COLOURS = {
  'editor.background': '--well',
  'editor.foreground': '--ink',
  'editorLineNumber.foreground': '--ink-3',
  'editorLineNumber.activeForeground': '--ink',
  'editorCursor.foreground': '--now',
  'editor.selectionBackground': '--now-soft',
  'editor.inactiveSelectionBackground': '--hover',
  'editor.lineHighlightBackground': '--chrome',
  'editor.lineHighlightBorder': '--chrome',
  'editorIndentGuide.background1': '--line',
  'editorWhitespace.foreground': '--line-2',
  'editorWidget.background': '--raised',
  'editorWidget.border': '--line-2',
  'editorSuggestWidget.background': '--raised',
  'editorSuggestWidget.border': '--line-2',
  'editorSuggestWidget.foreground': '--ink',
  'editorSuggestWidget.selectedBackground': '--hover',
  'editorSuggestWidget.selectedForeground': '--ink',
  'editorSuggestWidget.highlightForeground': '--now',
  'editorHoverWidget.background': '--raised',
  'editorHoverWidget.border': '--line-2',
  'editorError.foreground': '--bad',
  'editorWarning.foreground': '--warn',
  'editorInfo.foreground': '--cold',
  'editorBracketMatch.background': '--hover',
  'editorBracketMatch.border': '--line-3',
  'editorGutter.background': '--well',
  'editorOverviewRuler.border': '--well',
  'scrollbarSlider.background': '--line',
  'scrollbarSlider.hoverBackground': '--line-2',
  'scrollbarSlider.activeBackground': '--line-3',
  'input.background': '--well',
  'input.border': '--line-3',
  focusBorder: '--now',
  'list.hoverBackground': '--hover',
  'menu.background': '--raised',
  'menu.foreground': '--ink',
  'quickInput.background': '--raised',
} as const;

/** Token of the grammar → colour token. */
const SYNTAX = [
  ['', '--ink'],
  ['keyword', '--syn-key'],
  ['string', '--syn-str'],
  ['string.key.json', '--syn-key'],
  ['string.value.json', '--syn-str'],
  ['number', '--syn-num'],
  ['regexp', '--syn-num'],
  ['comment', '--syn-com'],
  ['type', '--syn-fn'],
  ['type.identifier', '--syn-fn'],
  ['delimiter', '--ink-2'],
] as const;

/** Reads the tokens of a theme and shows it. The page itself may still be changing over: a probe is asked, not the page. */
export function showTheme(monaco: Monaco, theme: 'dark' | 'light'): void {
  const probe = document.createElement('div');
  probe.dataset['theme'] = theme;
  probe.hidden = true;
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const hex = hexMaker();
  const colour = (token: string): string => hex(style.getPropertyValue(token).trim());
  monaco.editor.defineTheme('coldstart', {
    base: theme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: SYNTAX.map(([token, variable]) => ({ token, foreground: colour(variable).slice(1) })),
    colors: Object.fromEntries(Object.entries(COLOURS).map(([key, variable]) => [key, colour(variable)])),
  });
  probe.remove();
  monaco.editor.setTheme('coldstart');
}

/** Any CSS colour as #rrggbb, by drawing it. */
function hexMaker(): (css: string) => string {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (css) => {
    if (context === null || css === '') return '#808080';
    context.fillStyle = css;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  };
}
