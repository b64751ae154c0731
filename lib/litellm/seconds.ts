import * as t from 'io-ts';

export const Seconds: t.Type<number> = t.refinement(
  t.number,
  (n) => Number.isFinite(n) && n > 0,
  'a number of seconds above 0',
);
