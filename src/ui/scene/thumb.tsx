/** A frame of a clip: its own picture when there is one, else a drawing; a clip that cannot be read is drawn as torn lines. */
import './thumb.css';
import { paletteOf, type ThumbPaletteName, thumbPalettes } from './thumb-art.ts';
import type { ReactNode } from 'react';

export interface ThumbProps {
  /** What it shows: 'kayak.mp4'. */
  readonly alt: string;
  /** Object URL of a picture. */
  readonly src?: string | undefined;
  /** Chooses the drawing when there is no picture; default the alt text. */
  readonly seed?: string;
  readonly palette?: ThumbPaletteName;
  /** No decoder can read it. */
  readonly broken?: boolean;
  /** Below it: '1080p'. */
  readonly caption?: ReactNode;
}

export function Thumb({ alt, src, seed = alt, palette, broken = false, caption }: ThumbProps): ReactNode {
  return (
    <div className="ui-thumb">
      {broken ? <Torn alt={alt} /> : src !== undefined ? <img src={src} alt={alt} draggable={false} /> : <Drawing alt={alt} palette={palette ?? paletteOf(seed)} />}
      {caption !== undefined && <small>{caption}</small>}
    </div>
  );
}

/** Thumbnails side by side; each takes one of `places` shares of the width. */
export function ThumbRow({ places = 3, children }: { readonly places?: number; readonly children: ReactNode }): ReactNode {
  return (
    <div className="ui-thumbs" style={{ gridTemplateColumns: `repeat(${places}, 1fr)` }}>
      {children}
    </div>
  );
}

function Torn({ alt }: { readonly alt: string }): ReactNode {
  return (
    <svg viewBox="0 0 96 54" role="img" aria-label={`${alt}, unreadable`}>
      <rect width="96" height="54" fill="var(--well)" />
      <path
        d="M0 12h40M52 12h44M0 21h18M30 21h66M0 30h60M70 30h26M0 39h30M44 39h52"
        stroke="var(--bad)"
        strokeWidth="1.5"
        opacity="0.8"
      />
    </svg>
  );
}

function Drawing({ alt, palette }: { readonly alt: string; readonly palette: ThumbPaletteName }): ReactNode {
  const { sky, glow, sun, sunX, hills, water } = thumbPalettes[palette];
  return (
    <svg viewBox="0 0 96 54" role="img" aria-label={alt} preserveAspectRatio="xMidYMid slice">
      <rect width="96" height="54" fill={sky} />
      <rect y="14" width="96" height="16" fill={glow} opacity="0.55" />
      <circle cx={sunX} cy="19" r="6" fill={sun} />
      <path d="M0 30l14-9 12 7 18-13 20 14 14-8 18 10v24H0z" fill={hills} />
      <path d="M0 35h96v19H0z" fill={water} />
      <path d="M8 41h24M44 45h30M60 39h22M14 49h18" stroke={glow} opacity="0.5" />
      <path d="M37 42c7 4 19 4 26 0-4 6-22 6-26 0z" fill={sun} />
      <path d="M49 41v-6M45 34l10 7" stroke={sun} strokeWidth="1.3" strokeLinecap="round" />
    </svg>
  );
}
