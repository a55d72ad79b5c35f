/** Bodies of objects and parts: bytes that come with a call or lie on the host, their ETag, and the checks of what arrived. @source Amazon S3 user guide, checking object integrity @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { base64Encode } from '../../../base/base64.ts';
import { CHECKSUM_ALGORITHMS, checksumOf } from '../../../base/checksums.ts';
import { md5Bytes, md5Hex, sha256Hex } from '../../../base/hash.ts';
import { utf8Encode } from '../../../base/utf8.ts';
import { AwsError } from '../../../sim/errors.ts';
import type { BlobRef } from '../../../sim/ports/runtime.ts';
import { bytesOf } from '../../../sim/values.ts';
import type { S3Context, StoredObject } from './state.ts';

/** Bytes given with a call, or a handle of bytes that the host holds already. */
export const bodySchema = z.union([z.string(), z.instanceof(Uint8Array), z.object({ $blob: z.object({ sha256: z.string(), size: z.int(), md5: z.string().optional() }) }), z.object({ $bytes: z.string() })]);
export type Body = z.infer<typeof bodySchema>;

export const integrity = {
  ContentMD5: z.string().optional(),
  ChecksumAlgorithm: z.string().optional(),
  ...(Object.fromEntries(CHECKSUM_ALGORITHMS.map((algorithm) => [`Checksum${algorithm}`, z.string().optional()])) as { [Algorithm in (typeof CHECKSUM_ALGORITHMS)[number] as `Checksum${Algorithm}`]: z.ZodOptional<z.ZodString> }),
};
export interface Integrity {
  readonly ContentMD5?: string | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
}

export interface StoredBody {
  readonly blob: BlobRef;
  readonly etag: string;
  readonly checksum: StoredObject['checksum'];
}

/**
 * Stores a body and gives its ETag: MD5 of the bytes when they came with the call.
 * @simplified Bodies that stay on the host (clips) get an ETag made from their SHA-256, so that a run is the same whether or not this browser holds the bytes.
 * @throws AwsError BadDigest when what arrived is not what was announced
 */
export function storeBody(context: S3Context, body: Body | undefined, announced: Integrity): StoredBody {
  const checksum = checkBytes(context, body, announced);
  if (typeof body === 'object' && '$blob' in body) {
    const { sha256, size, md5 } = body.$blob;
    return { blob: { sha256, size }, etag: md5 ?? hostHeldEtag(sha256), checksum };
  }
  const bytes = bytesGiven(context, body)!;
  return { blob: context.blobs.put(bytes), etag: md5Hex(bytes), checksum };
}

export function hostHeldEtag(sha256: string): string {
  return sha256Hex(`etag/${sha256}`).slice(0, 32);
}

function bytesGiven(context: S3Context, body: Body | undefined): Uint8Array | undefined {
  if (body === undefined) return new Uint8Array(0);
  if (body instanceof Uint8Array) return body;
  return typeof body === 'string' ? utf8Encode(body) : bytesOf(context.blobs, '$blob' in body ? { $blob: body.$blob } : body);
}

/** @simplified The texts of a mismatch are ours in S3's manner; the codes are S3's. */
function checkBytes(context: S3Context, body: Body | undefined, announced: Integrity): StoredBody['checksum'] {
  const given = CHECKSUM_ALGORITHMS.filter((algorithm) => announced[`Checksum${algorithm}`] !== undefined);
  if (given.length > 1) throw new AwsError('InvalidRequest', 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  const [algorithm] = given;
  if (algorithm === undefined && announced.ContentMD5 === undefined) return undefined;
  const bytes = bytesGiven(context, body);
  if (bytes !== undefined && announced.ContentMD5 !== undefined) {
    if (!/^[A-Za-z0-9+/]{22}==$/.test(announced.ContentMD5)) throw new AwsError('InvalidDigest', 'The Content-MD5 you specified was invalid.');
    if (base64Encode(md5Bytes(bytes)) !== announced.ContentMD5) throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  if (algorithm === undefined) return undefined;
  const value = announced[`Checksum${algorithm}`]!;
  if (bytes !== undefined && checksumOf(algorithm, bytes) !== value) throw new AwsError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  return { algorithm, value };
}
