import { execFile } from 'node:child_process';

// The ffmpeg layer puts its programs into /opt/bin.
export function transcode(input, height) {
  const output = `/tmp/${height}p.mp4`;
  const args = ['-y', '-i', input, '-vf', `scale=-2:${height}`, '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '27', '-c:a', 'aac', output];
  return new Promise((resolve, reject) => {
    execFile('/opt/bin/ffmpeg', args, (error, stdout, stderr) => {
      if (!error) return resolve(output);
      console.error(stderr.split('\n').find((line) => /not found|Invalid|No space|Error/.test(line)) ?? stderr.slice(-200));
      reject(new Error(`ffmpeg exited with ${error.code ?? error.signal}`));
    });
  });
}
