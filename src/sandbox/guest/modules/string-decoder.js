/** node:string_decoder: text from chunks that may end inside a character. */
import { Buffer, incompleteTail } from '../core/buffer.js';

export class StringDecoder {
  constructor(encoding = 'utf8') {
    this.encoding = String(encoding).toLowerCase().replace('-', '');
    this.kept = Buffer.alloc(0);
    Object.defineProperty(this, 'kept', { enumerable: false });
  }
  write(chunk) {
    const whole = this.kept.length > 0 ? Buffer.concat([this.kept, Buffer.from(chunk)]) : Buffer.from(chunk);
    const rest = this.encoding === 'utf8' ? incompleteTail(whole) : this.encoding === 'base64' ? whole.length % 3 : this.encoding === 'utf16le' ? whole.length % 2 : 0;
    this.kept = whole.subarray(whole.length - rest);
    return whole.subarray(0, whole.length - rest).toString(this.encoding);
  }
  end(chunk) {
    const text = chunk === undefined ? '' : this.write(chunk);
    const rest = this.kept.toString(this.encoding);
    this.kept = Buffer.alloc(0);
    return text + rest;
  }
}
export default { StringDecoder };
