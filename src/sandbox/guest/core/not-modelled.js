/** What Node has and the sandbox has not: always said by name. */
export class NotModelled extends Error {
  constructor(what, hint = '') {
    super(`Not modelled: ${what}.${hint === '' ? '' : ` ${hint}`}`);
    this.name = 'NotModelled';
    this.code = 'NOT_MODELLED';
  }
}

/** A function that refuses by name. */
export const refuses = (what) => () => {
  throw new NotModelled(what);
};
