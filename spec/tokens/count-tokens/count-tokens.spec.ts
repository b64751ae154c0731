import { TestScheduler } from 'rxjs/testing';
import type { CompletionRequest } from '../../../lib/domain/request';
import { unreadableRequest } from '../../../lib/domain/unreadable-request';
import { countTokens } from '../../../lib/tokens/count-tokens';
import { onlyValue } from '../only-value';
import { counted } from './counted';

beforeAll(async () => {
  await onlyValue(countTokens('', 'gpt-4o'));
});

describe('countTokens', () => {
  it.each([
    [undefined, 'expected CompletionRequest'],
    [42, 'expected CompletionRequest'],
    [[], 'messages'],
    [{}, 'messages'],
    [{ messages: [] }, 'messages'],
    [{ messages: 'hello' }, 'messages'],
    [{ messages: [{ role: 'nobody', content: 'a secret' }] }, 'messages[0].role'],
    [{ messages: [{ role: 'user', content: [null] }] }, 'messages[0].content'],
    [{ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: 'https://a.invalid' }] }] }, 'image_url'],
    [{ messages: [{ role: 'user' }], tools: [{ type: 'function' }] }, 'tools[0].function'],
    [unreadableRequest('line 7: not JSON', undefined), 'messages'],
  ])('throws at the call for what is no request: %j', (request, told) => {
    expect(() => countTokens(request as CompletionRequest, 'gpt-4o')).toThrow(TypeError);
    expect(() => countTokens(request as CompletionRequest, 'gpt-4o')).toThrow(told);
    expect(() => countTokens(request as CompletionRequest, 'gpt-4o')).not.toThrow('secret');
  });

  it.each(['', undefined, null, 7])('throws at the call for the model %j', (model) => {
    expect(() => countTokens('hello', model as string)).toThrow(
      new TypeError("countTokens wants the name of a model, such as 'openai/gpt-5-mini'"),
    );
  });

  it('counts anew at each subscription', async () => {
    const tokens$ = countTokens({ messages: [{ role: 'user', content: 'hello' }] }, 'gpt-4o');
    expect([await onlyValue(tokens$), await onlyValue(tokens$)]).toEqual([8, 8]);
  });

  it('counts at once what is short, and a long text on the scheduler, exactly', async () => {
    const sentence = 'The last train leaves at nine, and nobody is on the platform. ';
    const one = counted(sentence.trimEnd(), 'gpt-4o') - 7;
    expect(counted(sentence.repeat(100).trimEnd(), 'gpt-4o')).toBe(100 * one + 7);
    const long$ = countTokens(sentence.repeat(10_000).trimEnd(), 'gpt-4o');
    expect(() => counted(sentence.repeat(10_000), 'gpt-4o')).toThrow('It emitted .');
    expect(await onlyValue(long$)).toBe(10_000 * one + 7);
    const scheduler = new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    });
    scheduler.run(({ expectObservable }) => {
      expectObservable(long$).toBe('(a|)', { a: 10_000 * one + 7 });
    });
  });

  it('counts what its example says', () => {
    expect(counted('Name a red fruit', 'openai/gpt-5-mini')).toBe(11);
  });

  it('emits integers for every family', () => {
    for (const model of ['claude-opus-5', 'claude-3-haiku', 'gemini-2.5-pro', 'xai/grok-4', 'deepseek/deepseek-chat']) {
      for (let words = 0; words < 20; words++)
        expect(Number.isInteger(counted('word '.repeat(words), model))).toBe(true);
    }
  });
});
