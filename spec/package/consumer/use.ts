// A user's program, typed against the installed package under each way of resolving modules.
import {
  type Completion,
  type CompletionError,
  createRouter,
  gather$,
  isRateLimited,
  openai,
  type ParallelOptions,
  type ParallelResult,
  successes,
  text,
  withOutput,
} from 'rx-fanout';
import { batchJournal, fileJournal, readBatch } from 'rx-fanout/node';
import { fakeProvider } from 'rx-fanout/testing';
import { countTokens, createTokenizer, jsonSchemaOf, prices } from 'rx-fanout/tokens';
import * as t from 'io-ts';
import { map, type Observable, of } from 'rxjs';

const { parallel$ } = createRouter({
  deployments: [
    { group: 'fast', provider: openai({ model: 'small', apiKey: 'key' }) },
    { group: 'fast', ...fakeProvider([{ text: 'an apple' }]) },
  ],
});

export const rows$: Observable<ParallelResult<string>> = parallel$(['Name a red fruit'], { concurrency: 8 });
export const texts$: Observable<string> = rows$.pipe(
  successes(),
  map((row) => text(row.outcome.right)),
);
export const doubled$: Observable<readonly number[]> = gather$([1, 2], { run: (n: number) => of(n * 2) }).pipe(
  map((rows) => rows.map(({ outcome }) => (outcome._tag === 'Right' ? outcome.right : 0))),
);
export const answer = (completion: Completion): string => text(completion);
export const waitMs = (error: CompletionError): number => (isRateLimited(error) ? (error.retryAfterMs ?? 0) : 0);

export const journaled$: Observable<ParallelResult<string>> = parallel$(['Name a red fruit'], {
  journal: fileJournal('run.jsonl', { fsync: 'always' }),
});
export const ids$: Observable<string> = parallel$(readBatch('in.jsonl'), { journal: batchJournal('out.jsonl') }).pipe(
  map(({ request }) => request.metadata.custom_id),
);

const City = t.type({ name: t.string });
export const cities$: Observable<string> = createRouter({
  deployments: [{ group: 'fast', provider: openai({ model: 'gpt-5-mini', apiKey: 'key' }) }],
  countTokens,
  prices,
})
  .completion$('Name a city', { output: withOutput(City) })
  .pipe(map(({ output }) => output.name));
export const schema: object = jsonSchemaOf(City);
export const counts$: Observable<number> = createTokenizer('o200k_base').pipe(map(({ count }) => count('hello')));

// @ts-expect-error a bare string is not a list of requests
export const refused$ = parallel$('Name a red fruit');

/** Its type is inferred, and can be written in a declaration. */
export const routerOf = (options: ParallelOptions) => options.router;
