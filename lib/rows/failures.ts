import type { Left } from 'fp-ts/Either';
import { filter, type OperatorFunction } from 'rxjs';
import type { FanoutResult } from '../domain/result';

/** A row of the same kind that is known to be a failure. */
export type Failed<Row> =
  Row extends FanoutResult<unknown, unknown, infer Err> ? Row & { readonly outcome: Left<Err> } : never;

/** Lets the rows of failures through, whole: the request to send again is in them. */
export function failures<Row extends FanoutResult<unknown, unknown>>(): OperatorFunction<Row, Failed<Row>> {
  return filter((row): row is Row & Failed<Row> => row.outcome._tag === 'Left');
}
