import * as fc from 'fast-check';
import { isLeft, isRight } from 'fp-ts/Either';
import { Completion } from '../../../lib/domain/completion';
import { isCompletionError } from '../../../lib/domain/error';
import { anthropic } from '../../../lib/provider/anthropic/anthropic';
import { anthropicMessages } from '../fixtures/anthropic-messages';
import { replyOf, unreadableReply } from '../reply-of';

const provider = anthropic({ model: 'claude-sonnet-4-5', apiKey: 'not-a-key' });
const toCompletion = (body: unknown, headers?: Readonly<Record<string, string>>) =>
  provider.toCompletion(replyOf(200, body, headers));

function completionOf(...[body, headers]: Parameters<typeof toCompletion>): Completion {
  const decoded = toCompletion(body, headers);
  if (isLeft(decoded)) throw decoded.left;
  return decoded.right;
}

const failureOf = (body: unknown) => {
  const decoded = toCompletion(body);
  if (isRight(decoded)) throw new Error('it was taken for a completion');
  return decoded.left;
};

const said = (content: readonly object[], stopReason?: unknown) => ({ content, stop_reason: stopReason });
const word = { type: 'text', text: 'yes' };
const call = { type: 'tool_use', id: 'toolu_1', name: 'now', input: {} };

describe('a message of Anthropic', () => {
  it('has the shape of OpenAI, usage in ours, and the body itself under raw', () => {
    expect(completionOf(anthropicMessages.thinking, { date: 'Sun, 22 Nov 2026 19:00:00 GMT' })).toEqual({
      id: 'msg_01XFDUDYJgAACzvnptvVoYEL',
      created: 1_795_374_000,
      model: 'claude-sonnet-4-5-20250929',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'There are 3.', reasoning: 'Three r: st-r-awbe-r-r-y.' },
          finish_reason: 'stop',
        },
      ],
      usage: {
        promptTokens: 2173,
        completionTokens: 64,
        totalTokens: 2237,
        cachedTokens: 2048,
        reasoningTokens: 50,
      },
      raw: anthropicMessages.thinking,
    });
  });

  it('calls tools with arguments as JSON', () => {
    expect(completionOf(anthropicMessages.tools).choices).toEqual([
      {
        index: 0,
        message: {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'toolu_01A', type: 'function', function: { name: 'now', arguments: '{}' } },
            {
              id: 'toolu_01B',
              type: 'function',
              function: { name: 'weather', arguments: '{"city":"Oslo","days":[1,2]}' },
            },
            { id: 'toolu_01C', type: 'function', function: { name: 'stop', arguments: '{}' } },
          ],
        },
        finish_reason: 'tool_calls',
      },
    ]);
  });

  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['pause_turn', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool_calls'],
    ['refusal', 'content_filter'],
    ['a_new_one', 'a_new_one'],
    [null, 'stop'],
  ])('ends for a reason: %s', (stopReason, finishReason) => {
    expect(completionOf(said([word], stopReason)).choices[0].finish_reason).toBe(finishReason);
  });

  it('ends with its calls where it does not say why', () => {
    expect(completionOf(said([call])).choices[0].finish_reason).toBe('tool_calls');
  });

  it.each(['end_turn', 'stop_sequence', 'max_tokens', 'model_context_window_exceeded', 'pause_turn'])(
    'may say nothing, when it says why: %s',
    (stopReason) => {
      expect(completionOf(said([], stopReason)).choices[0].message).toEqual({ role: 'assistant', content: null });
    },
  );

  it('is filled in where it is silent', () => {
    const body = said([word], 'end_turn');
    expect(completionOf(body, { date: 'yesterday' })).toEqual({
      id: '',
      created: 0,
      model: 'claude-sonnet-4-5',
      choices: [{ index: 0, message: { role: 'assistant', content: 'yes' }, finish_reason: 'stop' }],
      raw: body,
    });
    expect(completionOf({ ...body, usage: { input_tokens: Infinity } })).not.toHaveProperty('usage');
    expect(completionOf({ ...body, usage: { input_tokens: 3 } }).usage).toEqual({
      promptTokens: 3,
      completionTokens: 0,
      totalTokens: 3,
    });
  });

  it('counts what compacting the conversation took, which Anthropic counts apart', () => {
    const own = { input_tokens: 612, output_tokens: 28, cache_read_input_tokens: 100 };
    const compaction = { type: 'compaction', input_tokens: 60_000, output_tokens: 500, cache_read_input_tokens: 20 };
    const iterations = [compaction, { ...own, type: 'message' }, { type: 'compaction' }, null];
    expect(completionOf({ ...said([word], 'end_turn'), usage: { ...own, iterations } }).usage).toEqual({
      promptTokens: 60_732,
      completionTokens: 528,
      totalTokens: 61_260,
      cachedTokens: 120,
    });
    expect(completionOf({ ...said([word], 'end_turn'), usage: { ...own, iterations: 7 } }).usage?.totalTokens).toBe(
      740,
    );
  });

  it('passes over blocks that it does not know', () => {
    const blocks = [{ type: 'hologram' }, { type: 'text' }, { type: 'text', text: 7 }, word];
    expect(completionOf(said(blocks, 'end_turn')).choices[0].message).toEqual({ role: 'assistant', content: 'yes' });
  });

  it.each([
    ['no content', { type: 'message' }, 'InvalidResponse'],
    ['content that is no list', { content: 'yes' }, 'InvalidResponse'],
    ['a block that is none', { content: [null] }, 'InvalidResponse'],
    ['a call without an id', said([word, { type: 'tool_use', name: 'now' }], 'tool_use'), 'InvalidResponse'],
    ['silence without a reason', said([]), 'InvalidResponse'],
    ['a call that is missing', said([], 'tool_use'), 'InvalidResponse'],
    ['a refusal before the first word', anthropicMessages.refused, 'ContentPolicyViolation'],
    ['an error', { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'Overloaded'],
    ['an error of a proxy', { error: { type: 'rate_limit_error', message: 'slow down' } }, 'RateLimited'],
    ['a text', 'yes', 'InvalidResponse'],
    ['nothing', null, 'InvalidResponse'],
    ['a list', [], 'InvalidResponse'],
  ])('is none with %s', (_, body, tag) => {
    expect(failureOf(body)).toMatchObject({ _tag: tag, status: 200, provider: 'anthropic' });
  });

  it('is none in a body that cannot be read', () => {
    const html = provider.toCompletion(unreadableReply(200, 'not-json', '<html>'));
    expect(html).toMatchObject({ left: { _tag: 'InvalidResponse', message: expect.stringContaining('HTML') } });
  });

  it('is one of ours or a failure of ours, whatever comes', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(word, call));
    const body = fc.oneof(
      fc.jsonValue(),
      fc.record({ content: fc.oneof(value, fc.array(value)), stop_reason: fc.jsonValue(), usage: fc.jsonValue() }),
    );
    fc.assert(
      fc.property(body, (anything) => {
        const decoded = toCompletion(anything);
        expect(isRight(decoded) ? Completion.is(decoded.right) : isCompletionError(decoded.left)).toBe(true);
      }),
    );
  });
});
