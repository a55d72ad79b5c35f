/** Writes the declarations of the SDK that handlers import: what the operation tables offer, typed as the real packages type it. */
import { ts } from './typescript.ts';
import type { SyntaxNode } from './typescript.ts';

/** The declaration files of a package's folder, name → text; none when it is not installed. */
export type ReadDeclarations = (packageName: string, folder: string) => Readonly<Record<string, string>>;

/** The part of a client's description that decides its declarations. */
export interface DescribedClient {
  readonly packageName: string;
  readonly clientName: string;
  readonly operations: readonly string[];
  readonly errors: readonly string[];
  readonly paginators: readonly { readonly operation: string }[];
  readonly waiters?: readonly { readonly name: string; readonly operation: string }[];
  /** Operations that the model handles; the other named ones are rejected as not modelled. */
  readonly modelled: readonly string[];
}

/** Top-level types of a package's declarations: name → its text without comments, and the names in it. */
export class Declarations {
  readonly #found = new Map<string, { readonly text: string; readonly uses: readonly string[] }>();
  /** Literal values of the constants that stand for enumerations. */
  readonly #enums = new Map<string, string>();
  /** Names under which things were imported → their own. */
  readonly aliases = new Map<string, string>();
  /** Commands that can be made without input. */
  readonly inputless = new Set<string>();

  /** Reads what is in these folders of a package. */
  constructor(read: ReadDeclarations, packageName: string, folders: readonly string[]) {
    for (const folder of folders) for (const [file, text] of Object.entries(read(packageName, folder))) this.#read(text, file);
  }

  has(name: string): boolean {
    return this.#found.has(name);
  }

  /** Declarations of these and of everything they mention, each after the other in the order of their names. */
  closure(roots: readonly string[]): readonly { readonly name: string; readonly text: string; readonly uses: readonly string[] }[] {
    const wanted = new Set<string>();
    const visit = (name: string): void => {
      const declaration = this.#found.get(name);
      if (declaration === undefined || wanted.has(name)) return;
      wanted.add(name);
      for (const used of declaration.uses) visit(used);
    };
    for (const root of roots) visit(root);
    return [...wanted].sort().map((name) => ({ name, ...this.#found.get(name)! }));
  }

  #read(text: string, file: string): void {
    if (/new \(\.\.\.\[input\]: \[\]/.test(text)) this.inputless.add(file.slice(0, -'.d.ts'.length));
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const printer = ts.createPrinter({ removeComments: true });
    for (const statement of source.statements ?? []) {
      if (ts.isVariableStatement(statement)) this.#readConstants(statement);
      for (const { name, propertyName } of statement.importClause?.namedBindings?.elements ?? []) if (propertyName !== undefined && name?.text !== undefined) this.aliases.set(name.text, propertyName.text ?? '');
      if (!ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement) && !ts.isModuleDeclaration(statement)) continue;
      const name = statement.name?.text ?? '';
      const literals = this.#enums.get(name);
      const printed = literals === undefined ? printer.printNode(ts.EmitHint.Unspecified, statement, source) : `type ${name} = ${literals};`;
      const before = this.#found.get(name);
      const uses = literals === undefined ? namesIn(statement) : [];
      // A union and the namespace of its members have one name.
      this.#found.set(name, { text: `${before === undefined ? '' : `${before.text}\n`}${compact(printed)}`, uses: [...(before?.uses ?? []), ...uses] });
    }
  }

  #readConstants(statement: SyntaxNode): void {
    for (const { name, type } of statement.declarationList?.declarations ?? []) {
      if (name?.text === undefined || type === undefined || !ts.isTypeLiteralNode(type)) continue;
      const values = (type.members ?? []).map((member) => member.type?.getText() ?? '');
      if (values.length > 0 && values.every((value) => value.startsWith('"'))) this.#enums.set(name.text, values.join(' | '));
    }
  }
}

function namesIn(node: SyntaxNode): readonly string[] {
  const names = new Set<string>();
  const visit = (child: SyntaxNode): void => {
    if (ts.isIdentifier(child) && child.text !== undefined) names.add(child.text);
    ts.forEachChild(child, visit);
  };
  visit(node);
  return [...names];
}

/** Without what says nothing where `undefined` fits everywhere, one member a line. */
function compact(text: string): string {
  return text
    .replace(/^(export )?(declare )?/, 'export ')
    .replace(/ \| undefined(?=[;,>])/g, '')
    .replace(/\bunknown & /g, '')
    .replace(/^ {4}/gm, '  ')
    .replace(/\{\n\}/g, '{}');
}

const lower = (name: string): string => `${name[0]!.toLowerCase()}${name.slice(1)}`;

/** The declarations of one client. `also` names types that others need of it. */
export function clientDeclarations(read: ReadDeclarations, client: DescribedClient, also: readonly string[] = []): string {
  const real = new Declarations(read, client.packageName, ['models', 'commands']);
  const { clientName } = client;
  const service = clientName.replace(/Client$/, '');
  const typed = client.modelled.filter((name) => real.has(`${name}CommandInput`));
  const inputOf = (name: string): string => (typed.includes(name) ? `${name}CommandInput` : 'any');
  const outputOf = (name: string): string => (typed.includes(name) ? `${name}CommandOutput` : 'any');
  const input = (name: string): string => `input${real.inputless.has(`${name}Command`) ? '?' : ''}: ${inputOf(name)}`;
  const lines = [
    ...real.closure([...typed.flatMap((name) => [`${name}CommandInput`, `${name}CommandOutput`]), ...also]).map(({ text }) => text),
    `export interface ${clientName}Config extends AwsSdk.ClientConfig {}`,
    `export class ${clientName} extends AwsSdk.Client {}`,
    `export class ${service} extends ${clientName} {`,
    ...client.modelled.map((name) => `  ${lower(name)}(${input(name)}, options?: AwsSdk.SendOptions): Promise<${outputOf(name)}>;`),
    '}',
    ...[...client.modelled].sort().map((name) => `export class ${name}Command extends AwsSdk.Make<${inputOf(name)}, ${outputOf(name)}> { constructor(${input(name)}); }`),
    ...client.operations.filter((name) => !client.modelled.includes(name)).sort().map((name) => `/** Not modelled here: sending it fails. */\nexport class ${name}Command extends AwsSdk.AnyCommand {}`),
    `export class ${service}ServiceException extends AwsSdk.ServiceException {}`,
    ...client.errors.filter((name) => /^[A-Za-z_$][\w$]*$/.test(name)).sort().map((name) => `export class ${name} extends ${service}ServiceException { readonly name: "${name}"; [member: string]: any; }`),
    ...client.paginators.map(({ operation }) => `export const paginate${operation}: (config: AwsSdk.Pages<${clientName}>, input: ${inputOf(operation)}) => AsyncGenerator<${outputOf(operation)}>;`),
    ...(client.waiters ?? []).map(({ name, operation }) => `export const waitUntil${name}: (params: AwsSdk.Wait<${clientName}>, input: ${inputOf(operation)}) => Promise<AwsSdk.Waited<${outputOf(operation)}>>;`),
  ];
  return `declare module '${client.packageName}' {\n${IMPORTED}${lines.join('\n')}\n}\n`;
}

/** Names that the real declarations import from the SDK's own parts. */
const IMPORTED = `type __MetadataBearer = AwsSdk.MetadataBearer;
type StreamingBlobPayloadInputTypes = AwsSdk.Streamed;
type StreamingBlobTypes = AwsSdk.Streamed;
type StreamingBlobPayloadOutputTypes = AwsSdk.Body;
type BlobPayloadInputTypes = AwsSdk.Blob;
type Uint8ArrayBlobAdapter = AwsSdk.Bytes;
type __DocumentType = any;
`;

/** The document client: the commands that the guest's module has, as the real package types them. Answers also what they need of the client. */
export function documentClientDeclarations(read: ReadDeclarations, exports: readonly string[]): { readonly text: string; readonly needs: readonly string[] } {
  const client = new Declarations(read, '@aws-sdk/client-dynamodb', ['models', 'commands']);
  const real = new Declarations(read, '@aws-sdk/lib-dynamodb', ['commands']);
  const commands = exports.filter((name) => name.endsWith('Command') && real.has(`${name}Input`)).sort();
  const declarations = real.closure(commands.flatMap((name) => [`${name}Input`, `${name}Output`]));
  const own = new Set(declarations.map(({ name }) => name));
  const named = (name: string): string => real.aliases.get(name) ?? name.replace(/^__/, '');
  const imported = [...new Set(declarations.flatMap(({ uses }) => uses))].filter((name) => !own.has(name) && client.has(named(name))).sort();
  const method = (name: string): string => `  ${lower(name.replace(/Command$/, ''))}(input: ${name}Input, options?: AwsSdk.SendOptions): Promise<${name}Output>;`;
  const lines = [
    `import { DynamoDBClient, ${imported.map((name) => (named(name) === name ? name : `${named(name)} as ${name}`)).join(', ')} } from '@aws-sdk/client-dynamodb';`,
    'type NativeAttributeValue = any;',
    ...declarations.map(({ text }) => text),
    'export interface TranslateConfig { marshallOptions?: import("@aws-sdk/util-dynamodb").marshallOptions; unmarshallOptions?: import("@aws-sdk/util-dynamodb").unmarshallOptions }',
    'export class DynamoDBDocumentClient extends AwsSdk.Client { static from(client: DynamoDBClient, translateConfig?: TranslateConfig): DynamoDBDocumentClient; }',
    'export class DynamoDBDocument extends DynamoDBDocumentClient {',
    '  static from(client: DynamoDBClient, translateConfig?: TranslateConfig): DynamoDBDocument;',
    ...commands.map(method),
    '}',
    ...commands.map((name) => `export class ${name} extends AwsSdk.Make<${name}Input, ${name}Output> { constructor(input: ${name}Input); }`),
    ...exports.filter((name) => name.startsWith('paginate')).sort().map((name) => `export const ${name}: (config: AwsSdk.Pages<DynamoDBDocumentClient>, input: ${name.slice('paginate'.length)}CommandInput) => AsyncGenerator<${name.slice('paginate'.length)}CommandOutput>;`),
    'export { NumberValue } from "@aws-sdk/util-dynamodb";',
  ];
  return { text: `declare module '@aws-sdk/lib-dynamodb' {\n${lines.join('\n')}\n}\n`, needs: imported.map(named) };
}
