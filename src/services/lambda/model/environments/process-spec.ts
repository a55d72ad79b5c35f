/** What a process is made of: files, layers, environment variables. @source aws/lambda.md §3.3 */
import type { ProcessSpec } from '../../../../sim/ports/runtime.ts';
import { layerFiles } from '../functions/layer-files.ts';
import { FFMPEG_PROGRAMS, isFfmpegLayer } from '../limits.ts';
import type { Environment, LambdaContext, Settings, Version } from '../state.ts';

const MB = 1_048_576;

export function processSpec(context: LambdaContext, environment: Environment, version: Version): ProcessSpec {
  const { settings, code } = version;
  return {
    runtime: settings.runtime,
    architecture: settings.architecture,
    files: code.files,
    layerFiles: layerFiles(context, settings.layers),
    programs: settings.layers.some(isFfmpegLayer) ? FFMPEG_PROGRAMS : [],
    handler: settings.handler,
    environment: { ...lambdaVariables(context, environment, settings), ...settings.environment },
    heapBytesMax: Math.max(16, settings.memoryMb - context.tuning.baselineMb) * MB,
    tmpBytesMax: settings.tmpMb * MB,
    seed: `${environment.fn}/${environment.id}/${environment.token}/${context.uuid(`lambda.process.${environment.fn}`)}`,
  };
}

function lambdaVariables(context: LambdaContext, environment: Environment, settings: Settings): Record<string, string> {
  return {
    LANG: 'en_US.UTF-8',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    LD_LIBRARY_PATH: '/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib',
    NODE_PATH: `/opt/nodejs/node${settings.runtime.replace(/\D/g, '')}/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task`,
    TZ: ':UTC',
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '169.254.100.1:2000',
    _HANDLER: settings.handler,
    AWS_DEFAULT_REGION: context.region,
    AWS_REGION: context.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: environment.fn,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: environment.version,
    AWS_LAMBDA_INITIALIZATION_TYPE: environment.provisioned ? 'provisioned-concurrency' : 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: settings.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: environment.logStream,
    ...(settings.logFormat === 'JSON' ? { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: settings.applicationLogLevel ?? 'INFO' } : {}),
    AWS_ACCESS_KEY_ID: 'ASIACOLDSTART0000000',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_SESSION_TOKEN: 'simulated',
    AWS_LAMBDA_RUNTIME_API: '169.254.100.1:9001',
    LAMBDA_TASK_ROOT: '/var/task',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
  };
}
