import { shown } from '../domain/shown';

/** Throws a `TypeError` for what is no name of a file. @param what e.g. `fileJournal: path` */
export function fileName(what: string, name: unknown): void {
  if (typeof name !== 'string' || name === '')
    throw new TypeError(`${what} must be the name of a file, not ${shown(name)}`);
}
