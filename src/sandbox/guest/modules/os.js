/** node:os as a Lambda environment shows it. @source aws/lambda.md §3.3 */
import { state } from '../core/state.js';

const memoryMb = () => Number(globalThis.process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? 128);
const isArm = () => state.architecture === 'arm64';
/** Cores that can be seen, which is more than the share of CPU. @source aws/lambda.md §6 */
const CORES = [[3_008, 2], [5_307, 3], [7_076, 4], [8_845, 5], [10_240, 6]];
const cores = () => (CORES.find(([mb]) => memoryMb() <= mb) ?? [0, 6])[1];

export default {
  EOL: '\n',
  devNull: '/dev/null',
  arch: () => (isArm() ? 'arm64' : 'x64'),
  platform: () => 'linux',
  type: () => 'Linux',
  release: () => '5.10.0',
  version: () => '#1 SMP',
  machine: () => (isArm() ? 'aarch64' : 'x86_64'),
  hostname: () => '169.254.100.6',
  homedir: () => '/home/sbx_user1051',
  tmpdir: () => '/tmp',
  endianness: () => 'LE',
  uptime: () => Math.max(0, (Date.now() - state.startedMs) / 1000),
  loadavg: () => [0, 0, 0],
  totalmem: () => memoryMb() * 1_048_576,
  freemem: () => Math.max(0, state.heapBytesMax),
  cpus: () => Array.from({ length: cores() }, () => ({ model: isArm() ? 'unknown' : 'Intel(R) Xeon(R) Processor @ 2.50GHz', speed: isArm() ? 0 : 2500, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } })),
  availableParallelism: () => cores(),
  networkInterfaces: () => ({}),
  userInfo: () => ({ uid: 993, gid: 990, username: 'sbx_user1051', homedir: '/home/sbx_user1051', shell: '/sbin/nologin' }),
  constants: { signals: { SIGTERM: 15, SIGKILL: 9, SIGINT: 2 } },
};
