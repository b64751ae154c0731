import * as E from 'fp-ts/Either';
import { map, type Observable } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { text, type Completion } from '../../lib/domain/completion';
import { fakeProvider, type FakeProvider, type FakeScript } from '../../lib/testing/index';
import type { Reply } from '../../lib/transport/transport';

const inVirtualTime = (check: Parameters<TestScheduler['run']>[0]) =>
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  }).run(check);

/** One call of a prompt, over the fake's own transport. */
function send$({ provider, transport }: FakeProvider, prompt = 'hello'): Observable<Reply> {
  const call = provider.toCall({ messages: [{ role: 'user', content: prompt }] }, { stream: false });
  if (E.isLeft(call)) throw call.left;
  return transport(call.right);
}

/** What one call is answered with in the same tick. */
function sent(fake: FakeProvider): readonly Reply[] {
  const replies: Reply[] = [];
  send$(fake).subscribe((reply) => replies.push(reply));
  return replies;
}

const completionOf = ({ provider }: FakeProvider, reply: Reply): Completion => {
  const decoded = provider.toCompletion(reply);
  if (E.isLeft(decoded)) throw decoded.left;
  return decoded.right;
};

const said = (fake: FakeProvider) => map((reply: Reply) => text(completionOf(fake, reply)));

/** The `_tag` and code with which a call failed, as a value. */
const failure = (tag: string, code: string) => expect.objectContaining({ _tag: tag, code });

describe('fakeProvider', () => {
  it('answers at once, in the same tick, when no time is given', () => {
    const fake = fakeProvider([{ text: 'a cherry' }]);
    const seen: string[] = [];
    send$(fake)
      .pipe(said(fake))
      .subscribe((value) => seen.push(value));
    expect(seen).toEqual(['a cherry']);
  });

  it('answers after its time, which is virtual', () => {
    inVirtualTime(({ expectObservable }) => {
      const fake = fakeProvider([{ afterMs: 250, text: 'a cherry' }]);
      expectObservable(send$(fake).pipe(said(fake))).toBe('250ms (a|)', { a: 'a cherry' });
    });
  });

  it('gives one reply a call, in order, and the last one for ever after', () => {
    inVirtualTime(({ cold, expectObservable, flush }) => {
      const fake = fakeProvider([{ text: 'one' }, { afterMs: 1, text: 'two' }]);
      const calls$ = cold('a--b--c', { a: 1, b: 2, c: 3 });
      const seen: string[] = [];
      calls$.subscribe(() =>
        send$(fake)
          .pipe(said(fake))
          .subscribe((value) => seen.push(value)),
      );
      expectObservable(calls$).toBe('a--b--c', { a: 1, b: 2, c: 3 });
      flush();
      expect(seen).toEqual(['one', 'two', 'two']);
    });
  });

  it('sends nothing before it is subscribed to, and once a subscription', () => {
    const fake = fakeProvider([{ text: 'a' }]);
    const reply$ = send$(fake);
    expect(fake.calls).toHaveLength(0);
    reply$.subscribe();
    reply$.subscribe();
    expect(fake.calls).toHaveLength(2);
  });

  it('asks a function for the reply, with what was sent and the number of the call', () => {
    const asked: unknown[] = [];
    const fake = fakeProvider((request, call) => {
      asked.push([request.messages, request.model, call]);
      return { text: `reply ${String(call)}` };
    });
    const seen: string[] = [];
    send$(fake, 'x')
      .pipe(said(fake))
      .subscribe((value) => seen.push(value));
    send$(fake, 'y')
      .pipe(said(fake))
      .subscribe((value) => seen.push(value));
    expect(seen).toEqual(['reply 0', 'reply 1']);
    expect(asked).toEqual([
      [[{ role: 'user', content: 'x' }], 'fake', 0],
      [[{ role: 'user', content: 'y' }], 'fake', 1],
    ]);
  });

  it('replies with a status, which is classified as OpenAI’s are', () => {
    const body = { error: { message: 'slow down', type: 'requests', param: null, code: 'rate_limit_exceeded' } };
    const fake = fakeProvider([{ status: 429, headers: { 'Retry-After': '1.5' }, body }]);
    const replies = sent(fake);
    expect(replies).toEqual([{ status: 429, headers: { 'retry-after': '1.5' }, body: E.right(body) }]);
    expect(replies.map((reply) => fake.provider.toError(reply))).toMatchObject([
      { _tag: 'RateLimited', status: 429, code: 'rate_limit_exceeded', provider: 'fake' },
    ]);
    expect(fake.calls).toMatchObject([{ ended: 'replied' }]);
  });

  it('replies with an empty body when none is given, which is no completion', () => {
    const fake = fakeProvider([{ status: 200 }]);
    expect(sent(fake).map((reply) => fake.provider.toCompletion(reply))).toMatchObject([
      { _tag: 'Left', left: { _tag: 'InvalidResponse' } },
    ]);
  });

  it('fails with Connection: reset, and cut in the middle of the body', () => {
    inVirtualTime(({ expectObservable }) => {
      const fake = fakeProvider([{ afterMs: 20, fail: 'reset' }, { fail: 'cut' }]);
      expectObservable(send$(fake)).toBe('20ms #', undefined, failure('Connection', 'ECONNRESET'));
      expectObservable(send$(fake)).toBe('#', undefined, failure('Connection', 'ERR_BODY_CUT'));
    });
  });

  it('hangs for as long as anybody waits', () => {
    inVirtualTime(({ expectObservable }) => {
      const fake = fakeProvider([{ fail: 'hang' }]);
      expectObservable(send$(fake), '^ 60m !').toBe('');
    });
  });

  it('ends its wait when it is unsubscribed from', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([{ afterMs: 100, text: 'too late' }]);
      expectObservable(send$(fake), '---^ 40ms !').toBe('');
      flush();
      expect(fake.calls).toMatchObject([{ at: 3, ended: 'aborted' }]);
    });
  });

  it('keeps an account of its calls, outside what is spread', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([{ afterMs: 5, text: 'a' }, { fail: 'reset' }, { fail: 'hang' }]);
      expectObservable(send$(fake)).toBe('5ms (a|)', { a: expect.anything() });
      expectObservable(send$(fake), '--^').toBe('--#', undefined, failure('Connection', 'ECONNRESET'));
      expectObservable(send$(fake), '---^').toBe('');
      flush();
      expect(fake.calls.map(({ at, ended }) => [at, ended])).toEqual([
        [0, 'replied'],
        [2, 'failed'],
        [3, undefined],
      ]);
      expect(Object.keys({ ...fake })).toEqual(['provider', 'transport']);
    });
  });

  it.each<[string, FakeScript, RegExp]>([
    [
      'throws',
      () => {
        throw new Error('oops');
      },
      /script threw: Error: oops/,
    ],
    ['gives nothing', (() => undefined) as unknown as FakeScript, /no reply for call 0/],
  ])('is a Defect when its script %s', (_, script, message) => {
    const errors: unknown[] = [];
    send$(fakeProvider(script)).subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([expect.objectContaining({ _tag: 'Defect', message: expect.stringMatching(message) })]);
  });

  it('refuses an empty script', () => {
    expect(() => fakeProvider([])).toThrow(
      new TypeError('fakeProvider: the script must be a function, or a list of at least one reply, not an empty array'),
    );
  });

  it('is the same twice in virtual time', () => {
    const run = () => {
      const fake = fakeProvider([{ afterMs: 1500, text: 'a cherry' }]);
      const seen: Completion[] = [];
      inVirtualTime(({ flush }) => {
        send$(fake).subscribe((reply) => seen.push(completionOf(fake, reply)));
        flush();
      });
      return seen;
    };
    expect(run()).toEqual(run());
    expect(run()).toMatchObject([{ id: 'chatcmpl-fake-0', created: 1, model: 'fake', usage: { completionTokens: 2 } }]);
  });
});
