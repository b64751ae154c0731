import type { Observable } from 'rxjs';

/** The one value of a stream; rejects when it errors, or emits another number of values. */
export function onlyValue<A>(source: Observable<A>): Promise<A> {
  return new Promise((resolve, reject) => {
    const values: A[] = [];
    source.subscribe({
      next: (value) => values.push(value),
      error: reject,
      complete: () => {
        if (values.length === 1) resolve(values[0] as A);
        else reject(new Error(`${String(values.length)} values`));
      },
    });
  });
}
