/** Mounts the gallery of parts in both themes side by side, or in one with ?theme=light or ?theme=dark. */
import '../fonts.css';
import '../tokens.css';
import '../base.css';
import './gallery.css';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { LiveRegion } from '../feedback/live-region.tsx';
import { Mark } from '../mark.tsx';
import { ToastRegion } from '../overlay/toast-region.tsx';
import { TooltipLayer } from '../overlay/tooltip.tsx';
import { Cards } from './cards.tsx';
import { Parts } from './parts.tsx';

const only = new URLSearchParams(location.search).get('theme');
if (only !== null) document.documentElement.dataset['theme'] = only;

function Gallery(): ReactNode {
  const themes = only === null ? ['dark', 'light'] : [only];
  return (
    <>
      <main className="gallery" style={only === null ? undefined : { gridTemplateColumns: '1fr' }}>
        {themes.map((theme) => (
          <section key={theme} className="gallery-theme" data-theme={theme} aria-label={theme}>
            <h1>
              <Mark />
              {theme === 'dark' ? 'Dark' : 'Light'}
            </h1>
            <Parts />
            <Cards />
          </section>
        ))}
      </main>
      <ToastRegion />
      <LiveRegion />
      <TooltipLayer />
    </>
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('gallery.html has no root element');
createRoot(root).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
);
