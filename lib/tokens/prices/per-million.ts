import * as t from 'io-ts';
import { FromZero } from '../../domain/numbers';

/**
 * USD per token, as a number or as text (`"1e-6"`), decoded as USD per million tokens. Without the digits that binary arithmetic adds:
 * 1.5e-7 a token are 0.15 a million, not 0.15000000000000002.
 */
export const PerMillion = new t.Type<number, number, unknown>(
  'a number from 0',
  FromZero.is,
  (value, context) => {
    const perToken = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    const perMillion = typeof perToken === 'number' ? Number((perToken * 1_000_000).toPrecision(12)) : undefined;
    return FromZero.is(perMillion) ? t.success(perMillion) : t.failure(value, context);
  },
  (perMillion) => perMillion / 1_000_000,
);
