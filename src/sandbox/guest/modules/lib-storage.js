/** @aws-sdk/lib-storage: Upload, as one PutObject. @simplified no parts: multipart uploads are not modelled */
import { abortError } from '../core/events.js';
import { builtinModule } from '../core/builtins.js';
import EventEmitter from './events.js';

export class Upload extends EventEmitter {
  #o;
  #controller;
  constructor(o) {
    super();
    this.#o = o;
    this.#controller = o.abortController ?? new globalThis.AbortController();
    if (o.params === undefined) throw new Error('InputError: Upload requires params to be passed to upload.');
  }
  async done() {
    const { client, params } = this.#o;
    const { PutObjectCommand } = builtinModule('@aws-sdk/client-s3');
    if (this.#controller.signal.aborted) throw abortError(this.#controller.signal);
    const output = await client.send(new PutObjectCommand(params), { abortSignal: this.#controller.signal });
    this.emit('httpUploadProgress', { loaded: undefined, total: undefined, part: 1, Key: params.Key, Bucket: params.Bucket });
    return { ...output, Bucket: params.Bucket, Key: params.Key, Location: `https://${params.Bucket}.s3.${await client.config.region()}.amazonaws.com/${params.Key}` };
  }
  async abort() {
    this.#controller.abort();
  }
}
export default { Upload };
