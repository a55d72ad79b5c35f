/** The TypeScript that Monaco brings, for tests: reads declarations, and checks handlers as the editor does. Typed as far as it is used. */

/** A node of a syntax tree; which members it has depends on its kind. */
export interface SyntaxNode {
  readonly text?: string;
  readonly name?: SyntaxNode;
  readonly type?: SyntaxNode;
  readonly propertyName?: SyntaxNode;
  readonly importClause?: { readonly namedBindings?: { readonly elements?: readonly SyntaxNode[] } };
  readonly statements?: readonly SyntaxNode[];
  readonly members?: readonly SyntaxNode[];
  readonly declarationList?: { readonly declarations: readonly SyntaxNode[] };
  getText(): string;
}

interface Diagnostic {
  readonly file?: { readonly fileName: string; getLineAndCharacterOfPosition(at: number): { readonly line: number } };
  readonly start?: number;
  readonly messageText: unknown;
}

interface TypeScript {
  readonly ScriptTarget: { readonly Latest: number };
  readonly EmitHint: { readonly Unspecified: number };
  createSourceFile(name: string, text: string, target: number, parents: boolean): SyntaxNode;
  createPrinter(options: { readonly removeComments: boolean }): { printNode(hint: number, node: SyntaxNode, source: SyntaxNode): string };
  forEachChild(node: SyntaxNode, visit: (child: SyntaxNode) => void): void;
  isInterfaceDeclaration(node: SyntaxNode): boolean;
  isTypeAliasDeclaration(node: SyntaxNode): boolean;
  isModuleDeclaration(node: SyntaxNode): boolean;
  isVariableStatement(node: SyntaxNode): boolean;
  isTypeLiteralNode(node: SyntaxNode): boolean;
  isIdentifier(node: SyntaxNode): boolean;
  flattenDiagnosticMessageText(message: unknown, newLine: string): string;
  createDocumentRegistry(): object;
  createLanguageService(host: object, registry: object): { getSemanticDiagnostics(file: string): readonly Diagnostic[]; getSyntacticDiagnostics(file: string): readonly Diagnostic[]; getQuickInfoAtPosition(file: string, at: number): { readonly displayParts?: readonly { readonly text: string }[] } | undefined };
}

const LIB = '../../../../../../node_modules/monaco-editor/esm/vs/languages/features/typescript/lib';
const services = `${LIB}/typescriptServices.js`;
const libraries = `${LIB}/lib.js`;

export const { typescript: ts } = (await import(/* @vite-ignore */ services)) as { readonly typescript: TypeScript };
const { libFileMap } = (await import(/* @vite-ignore */ libraries)) as { readonly libFileMap: Readonly<Record<string, string>> };

/** Files that are read once for all programs. */
const registry = ts.createDocumentRegistry();

export interface Checker {
  /** '3: Property …' of each error in a file, line first. */
  errors(file: string): readonly string[];
  /** What hovering over the first place of these words says. */
  hover(file: string, words: string): string;
}

/** Checks files (path → text) with the editor's compiler options. */
export function checkerOf(files: Readonly<Record<string, string>>, options: object): Checker {
  // The options name a library in short, as the editor's do.
  const textOf = (path: string): string | undefined => files[path] ?? libFileMap[path.replace(/^.*\//, '')] ?? libFileMap[`lib.${path.replace(/^.*\//, '')}.d.ts`];
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => Object.keys(files),
    getScriptVersion: (path: string) => textOf(path) ?? '',
    getScriptSnapshot: (path: string) => {
      const text = textOf(path);
      return text === undefined ? undefined : { getText: (start: number, end: number) => text.slice(start, end), getLength: () => text.length, getChangeRange: () => undefined };
    },
    getScriptKind: (path: string) => (/\.[mc]?js$/.test(path) ? 1 : /\.json$/.test(path) ? 6 : 3),
    getCurrentDirectory: () => '',
    getDefaultLibFileName: () => 'lib.es2023.d.ts',
    fileExists: (path: string) => textOf(path) !== undefined,
    readFile: textOf,
  }, registry);
  return {
    errors: (file) =>
      [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)].map(
        ({ start = 0, messageText, file: source }) => `${(source?.getLineAndCharacterOfPosition(start).line ?? 0) + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      ),
    hover: (file, words) => (service.getQuickInfoAtPosition(file, files[file]!.indexOf(words))?.displayParts ?? []).map(({ text }) => text).join(''),
  };
}
