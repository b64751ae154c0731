import { shown } from './shown';

/**
 * The options that were given. Throws a `TypeError` for what are none, which would be taken for no options, or fail with a message of
 * JavaScript's own: null, a list, a text.
 *
 * @param what e.g. `fileJournal: options`
 */
export function optionsObject<Options>(what: string, options: Options): Options {
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) return options;
  throw new TypeError(`${what} must be an object, not ${shown(options)}`);
}
