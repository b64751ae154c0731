import { nearest } from './nearest';
import { optionsObject } from './options-object';

/**
 * Throws a `TypeError` for options that are no object, and for an option that there is not: it names the one that was probably meant, and
 * shows no value.
 */
export function knownOptions(whose: string, options: object, known: readonly string[]): void {
  for (const [name, value] of Object.entries(optionsObject(`${whose}: options`, options)) as [string, unknown][]) {
    if (value === undefined || known.includes(name)) continue; // undefined: as if it were not given
    const meant = nearest(name, known);
    const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
    throw new TypeError(`${whose}: unknown option '${name}'${hint}: known are ${known.join(', ')}`);
  }
}
