import { lastValueFrom, type Observable, toArray } from 'rxjs';

/** Every value of a stream, when it completes. */
export function allOf<T>(stream$: Observable<T>): Promise<readonly T[]> {
  return lastValueFrom(stream$.pipe(toArray()), { defaultValue: [] });
}
