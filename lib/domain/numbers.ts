import * as t from 'io-ts';

/** Numbers as options have them. `t.number` accepts NaN; none of these does. */
export const Finite = t.refinement(t.number, Number.isFinite, 'a finite number');
export const FromZero = t.refinement(t.number, (n) => Number.isFinite(n) && n >= 0, 'a number from 0');
export const Count = t.refinement(t.number, (n) => Number.isInteger(n) && n >= 0, 'a whole number from 0');
export const CountFromOne = t.refinement(t.number, (n) => Number.isInteger(n) && n >= 1, 'a whole number from 1');
/** Infinity turns a clock off. */
export const Duration = t.refinement(t.number, (n) => n > 0, 'a number of ms above 0');
