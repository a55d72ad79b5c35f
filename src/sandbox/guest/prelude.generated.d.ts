/** The guest's prelude, its modules' exports and what is loaded later, made by build.mjs. */
export declare const prelude: string;
export declare const moduleExports: Readonly<Record<string, readonly string[]>>;
/** Scripts that a process loads when it asks for them, by name. */
export declare const chunks: Readonly<Record<string, string>>;
