import * as t from 'io-ts';
import { FromZero } from '../../domain/numbers';
import { scaled } from '../../domain/scaled';

/** USD per token, as a number or as text (`"1e-6"`), decoded as USD per million tokens. */
export const PerMillion = new t.Type<number, number, unknown>(
  'a number from 0',
  FromZero.is,
  (value, context) => {
    const perToken = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    const isPrice = FromZero.is(perToken) && Number.isFinite(perToken * 1_000_000);
    return isPrice ? t.success(scaled(perToken, 1_000_000)) : t.failure(value, context);
  },
  (perMillion) => perMillion / 1_000_000,
);
