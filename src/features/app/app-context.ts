/** Gives the app's services to its own parts; other features get what they need as props. */
import { createContext, use } from 'react';
import type { AppServices } from './services.ts';

const AppContext = createContext<AppServices | null>(null);
export const AppProvider = AppContext.Provider;

export function useApp(): AppServices {
  const services = use(AppContext);
  if (services === null) throw new Error('parts of the app live inside an AppProvider');
  return services;
}
