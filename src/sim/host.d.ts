/** What the kernel takes from its host besides the language: a copy of plain data. Browsers, workers and Node all have it. */
declare function structuredClone<T>(value: T): T;
