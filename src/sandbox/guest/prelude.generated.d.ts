/** The guest's prelude and its modules' exports, made by build.mjs. */
export declare const prelude: string;
export declare const moduleExports: Readonly<Record<string, readonly string[]>>;
