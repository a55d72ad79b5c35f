/** Clips for the media panel: their bytes, pictures, names and facts, and the ways to upload. */
import { showToast } from '../../ui/overlay/toast-store.ts';
import { SAMPLE_CLIP } from '../../scenario/sample-clip.ts';
import type { MediaServices } from '../media/media-services.ts';
import type { AppServices } from './services.ts';
import { uploadFiles } from './uploads.ts';

/** Text under the name of a clip: no program reads a film out of it. */
const BROKEN = 'This is no film. It only has the name of one.\n'.repeat(4_000);

export function mediaServices(app: AppServices, thumbnail: (sha256: string) => string | undefined): MediaServices {
  return {
    urlOf: (sha256) => app.blobs.urlOf(sha256),
    thumbnail,
    nameOf: (sha256) => app.names.get(sha256) ?? (sha256 === SAMPLE_CLIP.sha256 ? SAMPLE_CLIP.name : undefined),
    factsOf: (sha256) => app.notice.getState().facts.get(sha256),
    upload: (files, nodeId) => uploadFiles(app, files, nodeId),
    uploadSample: async () => {
      const bytes = await app.client.blob(SAMPLE_CLIP.sha256);
      if (bytes === null) return void showToast({ text: 'The sample clip could not be fetched. Try again when you are online.', tone: 'bad', icon: 'cross' });
      await uploadFiles(app, [new File([bytes], freeName(app, 'dog.mp4'), { type: 'video/mp4' })], null);
    },
    uploadBroken: () => uploadFiles(app, [new File([BROKEN], freeName(app, 'broken.mp4'), { type: 'video/mp4' })], null),
  };
}

/** `dog.mp4`, then `dog-2.mp4` …: an upload under a used name would overwrite it. */
function freeName(app: AppServices, name: string): string {
  const used = new Set([...app.uploadNames]);
  const [stem, end] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.'))];
  let free = name;
  for (let n = 2; used.has(free); n++) free = `${stem}-${n}${end}`;
  app.uploadNames.add(free);
  return free;
}
