/** The tile that says what kind of thing a card is: an icon on the kind's soft colour. */
import './glyph.css';
import { Icon, type IconName, type IconSize } from '../icons.tsx';
import type { Tone } from '../tone.ts';
import type { ReactElement, ReactNode } from 'react';

export interface GlyphProps {
  /** A name of the set, or an SVG of one's own. */
  readonly icon: IconName | ReactElement;
  readonly tone: Tone;
  /** Default `m`, an 18 px icon in a 28 px tile. */
  readonly iconSize?: IconSize;
}

export function Glyph({ icon, tone, iconSize = 'm' }: GlyphProps): ReactNode {
  return (
    <span className="ui-glyph" data-tone={tone} aria-hidden>
      {typeof icon === 'string' ? <Icon name={icon} size={iconSize} /> : icon}
    </span>
  );
}
