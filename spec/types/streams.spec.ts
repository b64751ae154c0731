import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';
import { accumulate } from '../../lib/accumulate';
import type { CompletionChunk } from '../../lib/domain/chunk';
import type { Completion } from '../../lib/domain/completion';
import type { ParallelResult } from '../../lib/domain/result';
import type { StreamedEvent } from '../../lib/domain/streamed-event';
import type { Chunks, Provider } from '../../lib/provider/provider';
import type { FanoutRouter } from '../../lib/router';
import type { Reply, Transport } from '../../lib/transport/transport';

describe('the types of streams', () => {
  it('are chunks, or events told apart by type', () => {
    expectTypeOf<ReturnType<FanoutRouter['stream$']>>().toEqualTypeOf<Observable<CompletionChunk>>();
    expectTypeOf(accumulate()).toEqualTypeOf<(chunks$: Observable<CompletionChunk>) => Observable<Completion>>();

    type Chunk = Extract<StreamedEvent<string>, { type: 'chunk' }>;
    type Result = Extract<StreamedEvent<string>, { type: 'result' }>;
    expectTypeOf<Chunk['chunk']>().toEqualTypeOf<CompletionChunk>();
    expectTypeOf<Result['result']>().toEqualTypeOf<ParallelResult<string>>();
    expectTypeOf<StreamedEvent<string>['type']>().toEqualTypeOf<'start' | 'chunk' | 'restart' | 'result'>();
  });

  it('carry the request through, metadata and all', () => {
    const request = { messages: [{ role: 'user', content: 'hi' }], metadata: { id: 7 } } as const;
    const events = (router: FanoutRouter) => router.parallelStream$([request]);
    expectTypeOf(events).returns.toEqualTypeOf<Observable<StreamedEvent<typeof request>>>();
    expectTypeOf<StreamedEvent<typeof request>['request']>().toEqualTypeOf<typeof request>();
  });

  it('refuse an order, and a bare string', () => {
    const wrong = (router: FanoutRouter) => [
      // @ts-expect-error -- chunks come as they come
      router.parallelStream$(['a'], { order: 'input' }),
      // @ts-expect-error -- a string is a sequence of characters
      router.parallelStream$('a'),
    ];
    expectTypeOf(wrong).toBeFunction();
  });

  it('let a provider keep a state of its own, and a transport know no streams', () => {
    expectTypeOf<Chunks<{ readonly seen: number }>>().toExtend<NonNullable<Provider['chunks']>>();
    expectTypeOf<(call: { readonly url: string }) => Observable<Reply>>().toExtend<Transport>();
  });
});
