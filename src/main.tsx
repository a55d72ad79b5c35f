/** The page's entry: fonts and tokens, the theme, the services, the app. */
import './features/app/without-eval.ts';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './features/app/app.tsx';
import { boot } from './features/app/boot.ts';
import { createServices } from './features/app/services.ts';
import { startTheme } from './ui/theme.ts';

startTheme();
const services = createServices();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App services={services} />
  </StrictMode>,
);
void boot(services);
