import type { Right } from 'fp-ts/Either';
import { filter, type OperatorFunction } from 'rxjs';
import type { FanoutResult } from '../domain/result';

/** A row of the same kind that is known to be a success. */
export type Success<Row> =
  Row extends FanoutResult<unknown, infer Res> ? Row & { readonly outcome: Right<Res> } : never;

/** Lets the rows of successes through, whole: index, request and timing included. */
export function successes<Row extends FanoutResult<unknown, unknown>>(): OperatorFunction<Row, Success<Row>> {
  return filter((row): row is Row & Success<Row> => row.outcome._tag === 'Right');
}
