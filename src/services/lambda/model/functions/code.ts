/** A function's code: what CreateFunction and UpdateFunctionCode take, as files. @source aws/lambda.md §2 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { unmodelled } from '../../../../sim/unmodelled.ts';
import { base64Decode, base64Encode } from '../../../../base/base64.ts';
import { canonicalJson } from '../../../../base/canonical-json.ts';
import { sha256Bytes } from '../../../../base/hash.ts';
import { utf8ByteLength } from '../../../../base/utf8.ts';
import { unzipText, zipText } from '../../../../base/zip.ts';
import { AwsError, NotModelled } from '../../../../sim/errors.ts';
import { bytesOf } from '../../../../sim/values.ts';
import type { BlobInput } from '../../../../sim/values.ts';
import { invalid, refuseUnmodelled } from '../errors.ts';
import { LAMBDA } from '../limits.ts';
import type { Code, Distribution, LambdaContext, Synthetic } from '../state.ts';

const distribution = z.union([
  z.number().min(0),
  z.object({ kind: z.literal('const'), value: z.number().min(0).optional(), ms: z.number().min(0).optional() }),
  z.object({ kind: z.literal('exp'), mean: z.number().min(0).optional(), meanMs: z.number().min(0).optional() }),
  z.object({ kind: z.literal('lognormal'), median: z.number().min(0).optional(), medianMs: z.number().min(0).optional(), sigma: z.number().min(0) }),
  z.object({ kind: z.literal('empirical'), values: z.array(z.number().min(0)).min(1) }),
]);

/** Members that AWS takes with a package and this model does not. */
const CODE_NOT_MODELLED = ['S3ObjectStorageMode', 'SourceKMSKeyArn'] as const;

export const codeInput = z.object({
  ZipFile: z.unknown().optional(),
  /** Ours: name → text. */
  files: z.record(z.string(), z.string()).optional(),
  /** Ours: a function without code. */
  synthetic: z.object({ initMs: distribution.optional(), durationMs: distribution.optional(), errorRate: z.number().min(0).max(1).optional(), memoryMb: z.number().min(0).optional() }).optional(),
  ImageUri: z.string().optional(),
  S3Bucket: z.string().optional(),
  S3Key: z.string().optional(),
  S3ObjectVersion: z.string().optional(),
  ...unmodelled(CODE_NOT_MODELLED),
  DryRun: z.boolean().optional(),
});
export type CodeInput = z.infer<typeof codeInput>;

function readDistribution(from: z.infer<typeof distribution> | undefined): Distribution {
  if (from === undefined) return { kind: 'const', value: 0 };
  if (typeof from === 'number') return { kind: 'const', value: from };
  if (from.kind === 'const') return { kind: 'const', value: from.value ?? from.ms ?? 0 };
  if (from.kind === 'exp') return { kind: 'exp', mean: from.mean ?? from.meanMs ?? 0 };
  if (from.kind === 'lognormal') return { kind: 'lognormal', median: from.median ?? from.medianMs ?? 0, sigma: from.sigma };
  return from;
}

/** Files of a zip, text only. @throws InvalidParameterValueException for what is no zip */
function unzip(bytes: Uint8Array): Record<string, string> {
  const files = unzipText(bytes);
  if (files === undefined) throw invalid('Could not unzip uploaded file. Please check your file, then try to upload again.');
  return files;
}

/** The same files always give the same zip. */
export const zipOf = zipText;

const digest = (content: string | Uint8Array): string => base64Encode(sha256Bytes(content));

function bytesOfZip(context: LambdaContext, value: unknown): Uint8Array {
  if (typeof value === 'string') {
    try {
      return base64Decode(value);
    } catch {
      throw invalid('Could not unzip uploaded file. Please check your file, then try to upload again.');
    }
  }
  const bytes = bytesOf(context.blobs, value as BlobInput);
  if (bytes === undefined) throw invalid('Could not unzip uploaded file. Please check your file, then try to upload again.');
  return bytes;
}

export function readCode(context: LambdaContext, input: CodeInput): Code {
  refuseUnmodelled(input, CODE_NOT_MODELLED);
  if (input.synthetic !== undefined) {
    const { initMs, durationMs, errorRate = 0, memoryMb = 0 } = input.synthetic;
    const synthetic: Synthetic = { initMs: readDistribution(initMs), durationMs: readDistribution(durationMs), errorRate, memoryMb };
    return { files: {}, synthetic, sha256: digest(JSON.stringify(synthetic)), zipBytes: 0, unzippedBytes: 0 };
  }
  if (input.ImageUri !== undefined || input.S3Bucket !== undefined) throw new NotModelled('lambda', input.ImageUri === undefined ? 'packages in S3' : 'container images', 'A function is made from ZipFile here.');
  if (input.files !== undefined) {
    const text = canonicalJson(input.files);
    const unzippedBytes = Object.values(input.files).reduce((sum, file) => sum + utf8ByteLength(file), 0);
    checkUnzipped(unzippedBytes);
    return { files: input.files, sha256: digest(text), zipBytes: Math.ceil(unzippedBytes / 3) + 200, unzippedBytes };
  }
  if (input.ZipFile === undefined) throw invalid('Please provide a source for function code.');
  const bytes = bytesOfZip(context, input.ZipFile);
  if (bytes.length >= LAMBDA.zipBytesMax) throw new AwsError('RequestEntityTooLargeException', `Zipped size must be smaller than ${LAMBDA.zipBytesMax} bytes`, { status: 413 });
  const files = unzip(bytes);
  const unzippedBytes = Object.values(files).reduce((sum, file) => sum + utf8ByteLength(file), 0);
  checkUnzipped(unzippedBytes);
  return { files, sha256: digest(bytes), zipBytes: bytes.length, unzippedBytes };
}

function checkUnzipped(bytes: number): void {
  if (bytes >= LAMBDA.unzippedBytesMax) throw invalid(`Unzipped size must be smaller than ${LAMBDA.unzippedBytesMax} bytes`);
}
