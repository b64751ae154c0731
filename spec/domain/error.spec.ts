import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import { expectTypeOf } from 'expect-type';
import {
  completionError,
  isCompletionError,
  tags,
  withDetails,
  type CompletionError,
  type CompletionErrorOf,
  type FailureFields,
  type Tag,
  type TimeoutPhase,
} from '../../lib/domain/error';
import type { Attempt } from '../../lib/domain/result';

const details = { status: 418, code: 'some_code', param: 'top_p', deployment: 'fast/openai/gpt', retryAfterMs: 1234.5 };

function of(tag: Tag, fields: Omit<FailureFields, '_tag'> = {}): CompletionError {
  return tag === 'Timeout'
    ? completionError({ ...fields, _tag: tag, phase: 'attempt' })
    : completionError({ ...fields, _tag: tag });
}

describe('completionError', () => {
  it.each(tags)('%s is an Error whose message names place, status, code and field, and what would help', (tag) => {
    const error = of(tag, details);
    expect(error).toBeInstanceOf(Error);
    expect(error._tag).toBe(tag);
    expect(error.name).toBe(tag);
    expect(error.message).toMatch(
      /^fast\/openai\/gpt: .+ \(status 418, some_code, param top_p, retry after 12(34|35) ms\): .+/,
    );
    expect(error.stack).toContain(error.message);
    expect(error).toMatchObject(details);
  });

  it.each(tags)('%s says what would help when nothing else is known', (tag) => {
    expect(of(tag).message).toMatch(/^[^:(]+: [^:]+$/);
  });

  it.each<[TimeoutPhase, string, boolean]>([
    ['queue', 'queueMs', false],
    ['attempt', 'attemptMs', true],
    ['firstChunk', 'firstChunkMs', true],
    ['chunk', 'chunkMs', true],
    ['total', 'totalMs', false],
  ])('a Timeout of phase %s names %s; isRetryable: %s', (phase, clock, isRetryable) => {
    const error = completionError({ _tag: 'Timeout', phase });
    expect(error.message).toContain(clock);
    expect(error).toMatchObject({ phase, isRetryable });
  });

  it('may be retried on the same deployment by its tag, or as it is told', () => {
    const retryable = tags.filter((tag) => of(tag).isRetryable);
    expect(retryable).toEqual([
      'RateLimited',
      'Timeout',
      'Connection',
      'ServerError',
      'Overloaded',
      'InvalidResponse',
      'InvalidOutput',
    ]);
    expect(completionError({ _tag: 'BadRequest', isRetryable: true }).isRetryable).toBe(true);
    expect(completionError({ _tag: 'ServerError', isRetryable: false }).isRetryable).toBe(false);
  });

  it('takes a message of its own, and a sentence more', () => {
    expect(completionError({ _tag: 'Defect', message: 'it threw' }).message).toBe('it threw');
    expect(completionError({ _tag: 'Cancelled', detail: 'Nobody listens.' }).message).toMatch(
      /^the request .+\. Nobody listens\.$/,
    );
  });

  it('sends whoever is in a browser to its console, which alone knows why a call failed', () => {
    expect(completionError({ _tag: 'Connection', code: 'ERR_NETWORK' }).message).toContain('CORS');
    expect(completionError({ _tag: 'Connection', code: 'ECONNRESET' }).message).not.toContain('CORS');
  });

  it('has no fields that were not told', () => {
    const error = completionError({ _tag: 'Connection', status: undefined, code: 'ECONNRESET' });
    expect(Object.keys(error).sort()).toEqual(['_tag', 'attempts', 'code', 'isRetryable']);
    expect(error.cause).toBeUndefined();
  });

  it('shows all its fields and no stack in JSON, those of attempts and last errors too', () => {
    const inner = completionError({ _tag: 'ServerError', status: 500 });
    const attempts: readonly Attempt[] = [
      { deployment: 'a', startedAt: 1, elapsedMs: 2, ended: 'failed', error: inner },
    ];
    const error = completionError({ _tag: 'NoDeployment', lastError: inner, attempts, retryAfterMs: 5 });
    const { stack: _stack, ...shown } = JSON.parse(JSON.stringify({ stack: 'absent', ...error.toJSON() })) as Record<
      string,
      unknown
    >;
    const json = { _tag: 'ServerError', isRetryable: true, attempts: [], status: 500, message: inner.message };
    expect(shown).toEqual({
      _tag: 'NoDeployment',
      isRetryable: false,
      retryAfterMs: 5,
      lastError: json,
      attempts: [{ deployment: 'a', startedAt: 1, elapsedMs: 2, ended: 'failed', error: json }],
      message: error.message,
    });
    expect(JSON.stringify(error)).not.toContain('error.spec');
  });

  it('prints as its tag and message in a log, with the fields', () => {
    const text = inspect(of('RateLimited', details), { depth: 12, showHidden: true });
    expect(text).toMatch(/^RateLimited: fast\/openai\/gpt: the rate limit was reached/);
    expect(text).toContain("code: 'some_code'");
  });
});

describe('withDetails', () => {
  const original = completionError({
    _tag: 'NoDeployment',
    lastError: completionError({ _tag: 'Connection' }),
    status: 503,
    requestId: 'req_1',
    partial: 'Once upon',
    body: '{}',
    detail: 'More.',
  });

  it('keeps message, stack and every field', () => {
    const copy = withDetails(original, { retryAfterMs: 10 });
    expect(copy).not.toBe(original);
    expect([copy.message, copy.stack]).toEqual([original.message, original.stack]);
    expect(copy.toJSON()).toEqual({ ...original.toJSON(), retryAfterMs: 10 });
    expect(original.retryAfterMs).toBeUndefined();
  });

  it('keeps the phase of a Timeout and what was said of retrying', () => {
    const timeout = completionError({ _tag: 'Timeout', phase: 'chunk', isRetryable: false });
    expect(withDetails(timeout, { deployment: 'd' })).toMatchObject({ phase: 'chunk', isRetryable: false });
  });

  it('changes nothing by undefined', () => {
    const copy = withDetails(original, { status: undefined, requestId: undefined });
    expect(copy.toJSON()).toEqual(original.toJSON());
  });

  it('writes out no stack that nobody reads', () => {
    const error = of('ServerError');
    const written = jest.fn(() => 'a stack');
    Error.prepareStackTrace = written;
    const copy = withDetails(error, { deployment: 'a' });
    Reflect.deleteProperty(Error, 'prepareStackTrace');
    expect(written).not.toHaveBeenCalled();
    expect(copy.stack).toContain(copy.message);
  });

  it('names the deployment in message and stack as soon as it is known, once', () => {
    const error = completionError({ _tag: 'ServerError', status: 500 });
    const placed = withDetails(error, { deployment: 'a' });
    expect(placed.message).toBe(`a: ${error.message}`);
    expect(placed.stack).toBe(error.stack?.replace(error.message, placed.message));
    expect(withDetails(placed, { deployment: 'b' }).message).toBe(placed.message);
  });

  it('makes no cycle when an error is the last of its own attempts', () => {
    const error = completionError({ _tag: 'ServerError' });
    const attempts: readonly Attempt[] = [{ deployment: 'a', startedAt: 0, elapsedMs: 0, ended: 'failed', error }];
    const told = withDetails(error, { attempts });
    expect(told.attempts).toBe(attempts);
    expect(told.attempts[0]?.error?.attempts).toEqual([]);
    expect(() => JSON.stringify(told)).not.toThrow();
    expect(inspect(told, { depth: 12 })).not.toContain('[Circular');
  });
});

describe('isCompletionError', () => {
  it('knows errors of another copy of the package, and of another realm', () => {
    jest.isolateModules(() => {
      const other = jest.requireActual<{ readonly completionError: typeof completionError }>('../../lib/domain/error');
      expect(other.completionError).not.toBe(completionError);
      expect(isCompletionError(other.completionError({ _tag: 'RateLimited' }))).toBe(true);
    });
    const foreign: unknown = runInNewContext(
      "Object.assign(new Error('x'), { _tag: 'Defect', isRetryable: false, attempts: [] })",
    );
    expect(isCompletionError(foreign)).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'RateLimited'],
    ['a plain Error', new Error('x')],
    ['an Error with a tag of somebody else', Object.assign(new Error('x'), { _tag: 'Timeout' })],
    ['an unknown tag', Object.assign(new Error('x'), { _tag: 'Nope', isRetryable: true, attempts: [] })],
    ['what is left of one in JSON', JSON.parse(JSON.stringify(completionError({ _tag: 'RateLimited' }))) as unknown],
  ])('does not know %s', (_, value) => {
    expect(isCompletionError(value)).toBe(false);
  });
});

describe('types', () => {
  it('narrow by _tag', () => {
    const read = (error: CompletionError): unknown => {
      if (error._tag === 'Timeout') {
        expectTypeOf(error).toEqualTypeOf<CompletionErrorOf<'Timeout'>>();
        expectTypeOf(error.phase).toEqualTypeOf<TimeoutPhase>();
        return error.phase;
      }
      if (error._tag === 'NoDeployment') {
        expectTypeOf(error.lastError).toEqualTypeOf<CompletionError | undefined>();
        return error.lastError;
      }
      // @ts-expect-error: only a Timeout has a phase
      return error.phase;
    };
    expect(read(completionError({ _tag: 'Timeout', phase: 'queue' }))).toBe('queue');
  });

  it('know what a constructor gives, and need the phase of a Timeout', () => {
    expectTypeOf(completionError({ _tag: 'RateLimited' })).toEqualTypeOf<CompletionErrorOf<'RateLimited'>>();
    // @ts-expect-error: which clock ran out?
    expect(completionError({ _tag: 'Timeout' }).isRetryable).toBe(true);
    // @ts-expect-error: no such tag
    expect(() => completionError({ _tag: 'Nope' })).toThrow(TypeError);
    // @ts-expect-error: a phase is a Timeout's
    expect(completionError({ _tag: 'Connection', phase: 'queue' })._tag).toBe('Connection');
  });

  it('are exhausted by all tags', () => {
    expectTypeOf<CompletionError['_tag']>().toEqualTypeOf<Tag>();
    expectTypeOf<CompletionError>().toExtend<Error>();
    expect(new Set(tags).size).toBe(18);
  });
});
