/** Gives the panel's services to its parts. */
import { createContext, use } from 'react';
import type { LessonServices } from './lesson-services.ts';

const LessonContext = createContext<LessonServices | null>(null);
export const LessonProvider = LessonContext.Provider;

export function useLessons(): LessonServices {
  const services = use(LessonContext);
  if (services === null) throw new Error('parts of the lesson panel live inside a LessonProvider');
  return services;
}
