/** Thumbnails of what is in buckets: made once from the bytes, in the background, as they are asked for. */
import { useCallback, useRef, useState } from 'react';
import { frameOf } from './blob-urls.ts';
import type { AppServices } from './services.ts';

/** Wait before bytes that nobody held are asked for again, ms. */
const RETRY_MS = 2_000;

export function useThumbnails(app: AppServices): (sha256: string) => string | undefined {
  const pictures = useRef(new Map<string, string | null>());
  const [, redraw] = useState(0);
  return useCallback(
    (sha256: string) => {
      const known = pictures.current.get(sha256);
      if (known !== undefined) return known ?? undefined;
      pictures.current.set(sha256, null);
      void app.blobs.urlOf(sha256).then(async (url) => {
        // Bytes that are not here yet may come: the picture is asked for again later.
        if (url === null) {
          setTimeout(() => pictures.current.delete(sha256), RETRY_MS);
          return;
        }
        const picture = await frameOf(url);
        if (picture === null) return;
        pictures.current.set(sha256, picture);
        redraw((count) => count + 1);
      });
      return undefined;
    },
    [app],
  );
}
