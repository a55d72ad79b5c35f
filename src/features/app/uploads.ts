/** The visitor's files: checked, named, given to the run, uploaded where they were dropped. Nothing leaves this browser. */
import { showToast } from '../../ui/overlay/toast-store.ts';
import type { AppServices } from './services.ts';

/** The most that this page holds of one file. */
export const UPLOAD_BYTES_MAX = 512 * 1024 * 1024;

/** Where an upload without an aim goes: a clip source that is connected, else a bucket. */
function aimOf(app: AppServices, nodeId: string | null): { readonly id: string; readonly service: string } | null {
  const { nodes, edges } = app.scenario.getState().design;
  const takes = (id: string): boolean => nodes.some((node) => node.id === id && app.manifests.get(node.service)?.upload !== undefined);
  const chosen =
    nodeId !== null && takes(nodeId)
      ? nodeId
      : (edges.find((edge) => edge.port === 'clips.upload')?.from ?? nodes.find((node) => app.manifests.get(node.service)?.provides.includes('store'))?.id);
  const node = nodes.find((candidate) => candidate.id === chosen);
  return node ? { id: node.id, service: node.service } : null;
}

/** A key that is free to read and safe in a URL: `in/My clip.mp4`. */
export function keyFor(name: string): string {
  const safe = name.replace(/[\u0000-\u001f\u007f\\]/g, '').slice(-200);
  return `in/${safe === '' ? 'clip' : safe}`;
}

export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes}\u00a0B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)}\u00a0kB`;
  return bytes < 1_000_000_000 ? `${(bytes / 1_000_000).toFixed(1)}\u00a0MB` : `${(bytes / 1_000_000_000).toFixed(1)}\u00a0GB`;
}

/** Whether the run has had this clip already, and only its bytes are not here: a link was opened, or the browser did not keep it. */
function isWaitedFor(app: AppServices, sha256: string): boolean {
  const { design, recorded, origin } = app.scenario.getState();
  if (app.run.getState().status.missingClips.some((clip) => clip.sha256 === sha256)) return true;
  return origin.kind === 'link' && JSON.stringify(recorded ?? design).includes(sha256);
}

/** Said of a file that is not the one that the run stands still for. */
function otherThanMissing(app: AppServices, sha256: string): string {
  const [missing] = app.run.getState().status.missingClips;
  return missing === undefined || missing.sha256 === sha256 ? '' : ` Its bytes are not those of ${missing.name === '' ? 'the clip that is missing' : missing.name}, which the run still needs.`;
}

export async function uploadFiles(app: AppServices, files: readonly File[], nodeId: string | null): Promise<void> {
  const aim = aimOf(app, nodeId);
  if (aim === null) {
    showToast({ text: 'There is no bucket to upload to. Add one first.', tone: 'bad', icon: 'cross' });
    return;
  }
  for (const file of files) {
    if (file.size === 0) {
      showToast({ text: `${file.name} is empty: 0 bytes. Nothing was uploaded.`, tone: 'bad', icon: 'cross' });
      continue;
    }
    if (file.size > UPLOAD_BYTES_MAX) {
      showToast({
        text: `${file.name} is ${sizeText(file.size)}. The browser can hold 512 MB; the function's /tmp holds 512 MB too.`,
        tone: 'bad',
        icon: 'cross',
        durationMs: 10_000,
      });
      continue;
    }
    try {
      const bytes = await file.arrayBuffer();
      let recognised = false;
      const clip = await app.client.giveClip(file.name, bytes, (found, isNew) => {
        recognised = isNew && isWaitedFor(app, found.sha256);
        return recognised ? undefined : { node: aim.id, key: keyFor(file.name) };
      });
      app.names.set(clip.sha256, file.name);
      // Without room for it the clip lasts as long as this page; a reload then asks for it.
      app.clips.keep(clip, bytes).catch(() => {});
      app.blobs.remember(clip.sha256, new Blob([bytes], { type: file.type }));
      if (recognised) showToast({ text: `${file.name} is recognised: the run has its bytes again, and nothing is uploaded twice.`, icon: 'check' });
      else showToast({ text: `${file.name} is on its way, ${sizeText(file.size)}.${otherThanMissing(app, clip.sha256)}`, icon: 'upload' });
    } catch (error) {
      showToast({
        text: `${file.name} could not be read: ${error instanceof Error ? error.message : 'the browser gave no reason'}.`,
        tone: 'bad',
        icon: 'cross',
      });
    }
  }
}
