/** Runs cases of the corpus in this machine's own Node, in one process of their own, with the real SDK clients joined to a cloud. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Cloud } from '../../../runner/headless/create-cloud.ts';
import { masked } from '../read-case.ts';
import type { CorpusCase } from '../read-case.ts';
import { answers, FUNCTION, newCloud, setUp, told } from './in-sandbox.ts';
import type { GuestError, Seen } from './in-sandbox.ts';

interface NodeOutcome {
  readonly results: readonly ({ readonly value: unknown } | { readonly error: GuestError })[];
  readonly logs: readonly string[];
  readonly failure?: string;
}

interface SdkRequest {
  readonly id: number;
  readonly isBase64: boolean;
  readonly request: Parameters<Cloud['handle']>[0] & { readonly body?: string };
}
interface FetchRequest {
  readonly id: number;
  readonly request: { readonly url: string; readonly method: string; readonly body: string };
}
type Message = ({ readonly kind: 'fetch' } & FetchRequest) | ({ readonly kind: 'request' } & SdkRequest) | { readonly kind: 'outcome'; readonly outcome: NodeOutcome };

const STANDARD = { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token', AWS_LAMBDA_FUNCTION_NAME: FUNCTION, AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769', AWS_LAMBDA_FUNCTION_VERSION: '$LATEST', LAMBDA_TASK_ROOT: '/var/task', TZ: ':UTC' };

export class RealNode {
  readonly #child: ChildProcess;
  readonly #folder = mkdtempSync(join(tmpdir(), 'coldstart-corpus-'));
  #count = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }
  static async start(): Promise<RealNode> {
    const child = fork(join(import.meta.dirname, 'real-node.mjs'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: ['--no-warnings'] });
    await new Promise((done, fail) => child.once('message', done).once('error', fail));
    return new RealNode(child);
  }
  end(): void {
    this.#child.send({ kind: 'end' });
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async run(one: CorpusCase): Promise<Seen> {
    const cloud = newCloud();
    await setUp(cloud, one.setUp);
    const outcome = await this.#outcome(cloud, { kind: 'case', root: this.#files(one), runtime: one.runtime, handler: one.handler, timeoutSec: one.timeoutSec, functionName: FUNCTION, environment: { ...STANDARD, ...one.environment }, events: one.events });
    if (outcome.failure !== undefined) throw new Error(outcome.failure);
    return { results: outcome.results.map((result) => ('error' in result ? told(result.error) : masked(result.value))), logs: outcome.logs, after: await answers(cloud, one.after) };
  }

  /** The case's files in a folder of their own; answers the folder. */
  #files(one: CorpusCase): string {
    const root = join(this.#folder, String(++this.#count));
    for (const path of ['var/task', 'opt', 'tmp']) mkdirSync(join(root, path), { recursive: true });
    for (const [path, text] of Object.entries(one.files)) {
      const target = join(root, path.startsWith('/') ? path : `var/task/${path}`);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
    return root;
  }

  #outcome(cloud: Cloud, order: object): Promise<NodeOutcome> {
    return new Promise((done) => {
      const listen = (message: Message): void => {
        if (message.kind === 'fetch') return void this.#fetched(cloud, message);
        if (message.kind === 'request') return void this.#answer(cloud, message);
        this.#child.off('message', listen);
        done(message.outcome);
      };
      this.#child.on('message', listen);
      this.#child.send(order);
    });
  }

  async #answer(cloud: Cloud, { id, isBase64, request }: SdkRequest): Promise<void> {
    const { body, ...rest } = request;
    try {
      const reply = await cloud.handle({ ...rest, ...(body === undefined ? {} : { body: isBase64 ? new Uint8Array(Buffer.from(body, 'base64')) : body }) });
      this.#child.send({ kind: 'answer', id, statusCode: reply.statusCode, headers: reply.headers, body: Buffer.from(reply.body).toString('base64') });
    } catch (error) {
      this.#child.send({ kind: 'answer', id, failure: String(error) });
    }
  }

  /** The partner host's answer, or what Node's fetch has as the cause of its failure. */
  async #fetched(cloud: Cloud, { id, request }: FetchRequest): Promise<void> {
    const { hostname, pathname, search } = new URL(request.url);
    try {
      const reply = await cloud.send<object>('partner', 'SendRequest', { Name: hostname, Method: request.method, Path: `${pathname}${search}`, Body: request.body });
      this.#child.send({ kind: 'fetched', id, ...reply });
    } catch (error) {
      const { name, message, code, syscall, errno } = error as { name: string; message: string; code?: string; syscall?: string; errno?: number };
      const failure = name === 'HostNotFound' ? { message: `getaddrinfo ENOTFOUND ${hostname}`, data: { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname } } : { message, data: { code, syscall, errno } };
      this.#child.send({ kind: 'fetched', id, failure });
    }
  }
}
