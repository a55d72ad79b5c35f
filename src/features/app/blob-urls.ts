/** Object URLs of clips and renditions by SHA-256, fetched from the run once, and frames of them as thumbnails. */
import type { RunClient } from '../../runner/client.ts';

export class BlobUrls {
  readonly #client: RunClient;
  readonly #urls = new Map<string, string>();
  readonly #asked = new Map<string, Promise<string | null>>();
  constructor(client: RunClient) {
    this.#client = client;
  }
  remember(sha256: string, blob: Blob): void {
    if (!this.#urls.has(sha256)) this.#urls.set(sha256, URL.createObjectURL(blob));
  }
  known(sha256: string): string | undefined {
    return this.#urls.get(sha256);
  }
  /** The URL, or null when nobody holds the bytes. */
  urlOf(sha256: string, type = 'video/mp4'): Promise<string | null> {
    const known = this.#urls.get(sha256);
    if (known !== undefined) return Promise.resolve(known);
    let asked = this.#asked.get(sha256);
    if (asked === undefined) {
      asked = this.#client.blob(sha256).then((bytes) => {
        this.#asked.delete(sha256);
        if (bytes === null) return null;
        this.remember(sha256, new Blob([bytes], { type }));
        return this.#urls.get(sha256) ?? null;
      });
      this.#asked.set(sha256, asked);
    }
    return asked;
  }
}

/** A frame of a video as a small picture, or null when the browser cannot decode it. */
export async function frameOf(url: string): Promise<string | null> {
  const video = document.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  video.src = url;
  try {
    await new Promise<void>((resolve, reject) => {
      video.addEventListener('loadeddata', () => resolve(), { once: true });
      video.addEventListener('error', () => reject(new Error('no video')), { once: true });
    });
    video.currentTime = Math.min(0.5, (video.duration || 1) / 2);
    await new Promise<void>((resolve) => video.addEventListener('seeked', () => resolve(), { once: true }));
    const canvas = document.createElement('canvas');
    canvas.width = 192;
    canvas.height = 108;
    canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/jpeg', 0.7);
  } catch {
    return null;
  } finally {
    video.removeAttribute('src');
    video.load();
  }
}
