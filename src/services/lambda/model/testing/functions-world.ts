/** A world with functions of scripts, for tests of the model: short words for roles, functions, invocations and what came of them. */
import { base64Decode } from '../../../../base/base64.ts';
import { utf8Decode } from '../../../../base/utf8.ts';
import type { WorldOptions } from '../../../../sim/world.ts';
import { createTestWorld } from '../../../testing.ts';
import type { TestWorld } from '../../../testing.ts';
import { scriptedRuntime } from './scripted-runtime.ts';
import type { Script } from './scripted-runtime.ts';

const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
export const ROLE = 'arn:aws:iam::000000000000:role/fn-role';
export const FN = 'arn:aws:lambda:us-east-1:000000000000:function:fn';

export interface Answer {
  readonly statusCode: number;
  readonly functionError: string | undefined;
  readonly payload: unknown;
  readonly log: string;
  readonly version: string;
}

export interface FunctionsWorld extends TestWorld {
  readonly runtime: ReturnType<typeof scriptedRuntime>;
  /** A function whose code is that script; Active when it comes back. */
  make(script: string, settings?: object, name?: string): void;
  /** Invokes and waits for the answer. */
  invoke(event?: unknown, o?: object): Answer;
  /** Starts an invocation; its answer is there later. */
  begin(event?: unknown, o?: object): () => Answer | undefined;
  /** What the role of the functions may do. */
  allow(...actions: string[]): void;
  /** All log lines of a function so far. */
  lines(name?: string): string[];
  kinds(): string[];
}

export function functionsWorld(scripts: Readonly<Record<string, Script>>, o: Partial<WorldOptions> = {}): FunctionsWorld {
  const runtime = scriptedRuntime(scripts);
  const cloud = createTestWorld({ runtime, ...o });
  cloud.send('iam', 'CreateRole', { RoleName: 'fn-role', AssumeRolePolicyDocument: TRUST });
  cloud.send('iam', 'AttachRolePolicy', { RoleName: 'fn-role', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' });
  const text = (payload: unknown): string => {
    const { $bytes, $blob } = payload as { $bytes?: string; $blob?: { sha256: string } };
    return $bytes === undefined ? utf8Decode(cloud.world.options.blobs.get($blob!.sha256)!) : utf8Decode(base64Decode($bytes));
  };
  const read = (output: Record<string, unknown>): Answer => ({
    statusCode: Number(output['StatusCode']),
    functionError: output['FunctionError'] as string | undefined,
    payload: JSON.parse(text(output['Payload'])),
    log: output['LogResult'] === undefined ? '' : utf8Decode(base64Decode(String(output['LogResult']))),
    version: String(output['ExecutedVersion']),
  });
  const begin: FunctionsWorld['begin'] = (event = {}, options = {}) => {
    const answer = cloud.start('lambda', 'Invoke', { FunctionName: 'fn', Payload: JSON.stringify(event), LogType: 'Tail', ...options });
    return () => {
      const given = answer();
      if (given?.error) throw Object.assign(new Error(given.error.message), { name: given.error.name, data: given.error });
      return given?.output && read(given.output);
    };
  };
  return {
    ...cloud,
    runtime,
    begin,
    make(script, settings = {}, name = 'fn') {
      cloud.send('lambda', 'CreateFunction', { FunctionName: name, Role: ROLE, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { files: { 'index.mjs': script } }, ...settings });
      cloud.advance(2_000);
    },
    invoke(event, options) {
      const answer = begin(event, options);
      for (let i = 0; answer() === undefined; i++) {
        if (i > 100_000 || cloud.world.step().kind === 'reached') throw new Error('the invocation never ends');
      }
      return answer()!;
    },
    allow(...actions) {
      cloud.send('iam', 'PutRolePolicy', { RoleName: 'fn-role', PolicyName: 'more', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }) });
    },
    lines: (name = 'fn') => cloud.events('logs.Line').filter((event) => event.resource.includes(`/aws/lambda/${name}`)).map((event) => String(event.data['message'])),
    kinds: () => cloud.world.trace.events.map((event) => event.kind).filter((kind) => kind.startsWith('lambda.')),
  };
}
