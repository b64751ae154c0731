import * as t from 'io-ts';
import { CountFromOne, FromZero } from './numbers';
import { only } from './only';
import { maybe } from './optional';

/** What may be spent in all: by a run, or by a router. What is absent is not bounded. */
export interface Budget {
  readonly usd?: number | undefined;
  /** Of prompts and answers together. */
  readonly tokens?: number | undefined;
  /** Calls, those that failed included. */
  readonly requests?: number | undefined;
}

const budget = { usd: maybe(FromZero), tokens: maybe(CountFromOne), requests: maybe(CountFromOne) };

export const BudgetCodec: t.Type<Budget> = only(budget, t.partial(budget, 'a budget { usd, tokens, requests }'));
