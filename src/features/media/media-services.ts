/** What the media panel needs of the page: bytes, pictures, facts and ways to upload. The shell gives it. */

export interface MediaFacts {
  /** Playing time in ms; dimensions in pixels. */
  readonly durationMs: number;
  readonly width: number;
  readonly height: number;
}

export interface MediaServices {
  /** Object URL of a clip or rendition, or null when nobody holds its bytes. */
  urlOf(sha256: string): Promise<string | null>;
  /** A frame of it, or undefined while there is none. */
  thumbnail(sha256: string): string | undefined;
  /** The visitor's own name for a file that was dropped in. */
  nameOf(sha256: string): string | undefined;
  /** What ffmpeg or a player read of it, or undefined while nobody did. */
  factsOf(sha256: string): MediaFacts | undefined;
  /** Uploads to a node, or to where clips of this design go when it is null. Refusals are shown by the shell. */
  upload(files: readonly File[], nodeId: string | null): Promise<void>;
  uploadSample(): Promise<void>;
  uploadBroken(): Promise<void>;
}
