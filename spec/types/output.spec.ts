import { expectTypeOf } from 'expect-type';
import * as t from 'io-ts';
import { map, type Observable, type OperatorFunction } from 'rxjs';
import {
  gather$,
  parallel,
  parallel$,
  successes,
  unwrap,
  withOutput,
  type Completion,
  type FanoutRouter,
  type Output,
  type ParallelResult,
  type ReadBy,
  type RouterRunOptions,
  type StructuredCompletion,
} from '../../lib/index';

const City = t.type({ city: t.string, people: t.number });
interface City {
  city: string;
  people: number;
}
const output = withOutput(City);
const request = { messages: [{ role: 'user', content: 'hi' }], metadata: { id: 7 } } as const;
type Rows<Req> = ParallelResult<Req, StructuredCompletion<City>>;

describe('the types of an output', () => {
  it('are those of its codec', () => {
    expectTypeOf(output).toEqualTypeOf<Output<StructuredCompletion<City>>>();
    expectTypeOf<StructuredCompletion<City>['output']>().toEqualTypeOf<City>();
    expectTypeOf<ReadBy<typeof output>>().toEqualTypeOf<StructuredCompletion<City>>();
    expectTypeOf<ReadBy<undefined>>().toEqualTypeOf<Completion>();
  });

  it('reach the rows, beside those of the request', () => {
    const rows = (router: FanoutRouter) => router.parallel$([request], { output, concurrency: 4 });
    expectTypeOf(rows).returns.toEqualTypeOf<Observable<Rows<typeof request>>>();
    const all = (router: FanoutRouter) => router.gather$([request], { output, preserveOrder: false });
    expectTypeOf(all).returns.toEqualTypeOf<Observable<readonly Rows<typeof request>[]>>();
    const one = (router: FanoutRouter) => router.result$(request, { output });
    expectTypeOf(one).returns.toEqualTypeOf<Observable<Rows<typeof request>>>();
    const answer = (router: FanoutRouter) => router.completion$('hi', { output });
    expectTypeOf(answer).returns.toEqualTypeOf<Observable<StructuredCompletion<City>>>();
    const race = (router: FanoutRouter) => router.race$(request, { groups: ['a'], output });
    expectTypeOf(race).returns.toEqualTypeOf<Observable<Rows<typeof request>>>();
    const ensemble = (router: FanoutRouter) => router.ensemble$([request], { groups: ['a'], output });
    expectTypeOf(ensemble).returns.toEqualTypeOf<Observable<Rows<typeof request>>>();
  });

  it('reach them through the functions of the package', () => {
    const rows = (router: FanoutRouter) => parallel$([request], { router, output });
    expectTypeOf(rows).returns.toEqualTypeOf<Observable<Rows<typeof request>>>();
    const all = (router: FanoutRouter) => gather$([request], { router, output });
    expectTypeOf(all).returns.toEqualTypeOf<Observable<Rows<typeof request>[]>>();
    const piped = (router: FanoutRouter): OperatorFunction<string, Rows<string>> => parallel({ router, output });
    expectTypeOf(piped).toBeFunction();
  });

  it('reach whoever works on rows', () => {
    const cities = (router: FanoutRouter) =>
      router.parallel$(['a'], { output }).pipe(
        successes(),
        map(({ outcome }) => outcome.right.output.city),
      );
    expectTypeOf(cities).returns.toEqualTypeOf<Observable<string>>();
    const people = (router: FanoutRouter) =>
      router.parallel$(['a'], { output }).pipe(
        unwrap(),
        map((completion) => completion.output.people),
      );
    expectTypeOf(people).returns.toEqualTypeOf<Observable<number>>();
  });

  it('reach through functions that do not know them', () => {
    const decoded = <A>(router: FanoutRouter, codec: t.Type<A, unknown>): Observable<A> =>
      router.completion$('a', { output: withOutput(codec) }).pipe(map((completion) => completion.output));
    expectTypeOf(decoded<City>).returns.toEqualTypeOf<Observable<City>>();
  });

  it('are not there without one', () => {
    const rows = (router: FanoutRouter) => router.parallel$([request], { concurrency: 4 });
    expectTypeOf(rows).returns.toEqualTypeOf<Observable<ParallelResult<typeof request>>>();
    const bare = (router: FanoutRouter) => router.completion$('hi');
    expectTypeOf(bare).returns.toEqualTypeOf<Observable<Completion>>();
    const wrong = (router: FanoutRouter) => [
      // @ts-expect-error -- nothing has been decoded
      router.completion$('a').pipe(map((completion) => completion.output)),
      // @ts-expect-error -- the type of the row does not make an output
      ((): Observable<Rows<string>> => router.parallel$(['a']))(),
    ];
    expectTypeOf(wrong).toBeFunction();
  });

  it('may be there, where the option may be', () => {
    const perhaps = (router: FanoutRouter, its: typeof output | undefined) => router.completion$('a', { output: its });
    expectTypeOf(perhaps).returns.toEqualTypeOf<Observable<Completion | StructuredCompletion<City>>>();
    const options = (router: FanoutRouter, its: RouterRunOptions) => router.parallel$([request], its);
    expectTypeOf(options).returns.toEqualTypeOf<Observable<ParallelResult<typeof request>>>();
  });

  it('are refused where there is nothing to decode', () => {
    const wrong = (router: FanoutRouter) => [
      // @ts-expect-error -- a codec alone does not say how often to ask again
      router.parallel$(['a'], { output: City }),
      // @ts-expect-error -- chunks are heard before there is anything to decode
      router.stream$('a', { output }),
      // @ts-expect-error -- chunks are heard before there is anything to decode
      router.parallelStream$(['a'], { output }),
      // @ts-expect-error -- a run of your own decodes what it likes
      parallel$(['a'], { run: () => [1], output }),
      // @ts-expect-error -- how often?
      withOutput(City, { reask: 'once' }),
    ];
    expectTypeOf(wrong).toBeFunction();
  });
});
