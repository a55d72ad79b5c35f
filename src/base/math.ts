/**
 * Elementary functions with the same bits in every engine; use these, never Math.log, exp, pow, sin or cos, in anything that decides a run.
 *
 * Ports of fdlibm 5.3 (Sun Microsystems, 1993): only + - * /, Math.sqrt, floor and abs, and typed arrays.
 * `Math.*` of two engines differ by one unit in the last place on a few per cent of arguments.
 */
export { exp, expm1 } from './math/exp.ts';
export { log, log1p } from './math/log.ts';
export { pow } from './math/pow.ts';
export { cos, sin } from './math/trig.ts';
