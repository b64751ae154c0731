import { isLeft, isRight } from 'fp-ts/Either';
import { Completion } from '../../../lib/domain/completion';
import type { CompletionError } from '../../../lib/domain/error';
import { gemini } from '../../../lib/provider/gemini/gemini';
import { replyOf, unreadableReply } from '../reply-of';

const provider = gemini({ model: 'gemini-2.5-flash', apiKey: 'k' });

function completionOf(body: unknown, headers = {}): Completion {
  const decoded = provider.toCompletion(replyOf(200, body, headers));
  if (isLeft(decoded)) throw decoded.left;
  return decoded.right;
}

function failureOf(body: unknown): CompletionError {
  const decoded = provider.toCompletion(replyOf(200, body));
  if (isRight(decoded)) throw new Error('it was taken for a completion');
  return decoded.left;
}

const answer = (parts: readonly unknown[], rest: object = {}) => ({
  candidates: [{ content: { parts, role: 'model' }, finishReason: 'STOP', index: 0, ...rest }],
});

const full = {
  ...answer([
    { text: '**Counting**', thought: true },
    { text: 'There are ' },
    { text: '3.', thoughtSignature: 'RW1wdHk=' },
  ]),
  usageMetadata: {
    promptTokenCount: 30,
    toolUsePromptTokenCount: 5,
    candidatesTokenCount: 6,
    thoughtsTokenCount: 40,
    cachedContentTokenCount: 20,
    totalTokenCount: 81,
  },
  modelVersion: 'gemini-2.5-flash-09-2025',
  responseId: 'M3iLaY-AI7zTxN8P3Piw4Qg',
};

describe('a completion of Gemini', () => {
  it('has the shape of OpenAI, usage in ours, and the body itself under raw', () => {
    const completion = completionOf(full, { date: 'Fri, 21 Nov 2025 07:28:00 GMT' });
    expect(completion).toEqual({
      id: 'M3iLaY-AI7zTxN8P3Piw4Qg',
      created: 1763710080,
      model: 'gemini-2.5-flash-09-2025',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'There are 3.', reasoning: '**Counting**' },
          finish_reason: 'stop',
        },
      ],
      usage: { promptTokens: 35, completionTokens: 46, totalTokens: 81, cachedTokens: 20, reasoningTokens: 40 },
      raw: full,
    });
    expect(completion.raw).toBe(full);
    expect(Completion.is(completion)).toBe(true);
  });

  it('fills in what Google leaves out', () => {
    expect(completionOf({ candidates: [{ content: { parts: [{ text: 'yes' }] } }] })).toEqual({
      id: '',
      created: 0,
      model: 'gemini-2.5-flash',
      choices: [{ index: 0, message: { role: 'assistant', content: 'yes' }, finish_reason: 'stop' }],
      raw: { candidates: [{ content: { parts: [{ text: 'yes' }] } }] },
    });
  });

  it('has function calls as tool calls, signed ones with what signs them', () => {
    const parts = [
      { functionCall: { name: 'weather', args: { city: 'Oslo' }, id: 'fc-1' }, thoughtSignature: 'EpEgCo4g' },
      { functionCall: { name: 'now' } },
    ];
    expect(completionOf(answer(parts)).choices[0]).toEqual({
      index: 0,
      message: {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: 'fc-1',
            type: 'function',
            function: { name: 'weather', arguments: '{"city":"Oslo"}' },
            extra_content: { google: { thought_signature: 'EpEgCo4g' } },
          },
          { id: 'call_1', type: 'function', function: { name: 'now', arguments: '{}' } },
        ],
      },
      finish_reason: 'tool_calls',
    });
  });

  it('has several candidates', () => {
    const body = {
      candidates: [answer([{ text: 'red' }]), answer([{ text: 'blue' }], { index: 1 })].flatMap((a) => a.candidates),
    };
    expect(completionOf(body).choices.map(({ index, message }) => [index, message.content])).toEqual([
      [0, 'red'],
      [1, 'blue'],
    ]);
  });

  it('leaves images and executed code in raw', () => {
    const body = answer([{ inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }]);
    expect(completionOf(body)).toMatchObject({ choices: [{ message: { content: null } }], raw: body });
  });

  it('has log probabilities as OpenAI has them', () => {
    const logprobsResult = {
      chosenCandidates: [{ token: 'yes', tokenId: 7, logProbability: -0.1 }],
      topCandidates: [
        {
          candidates: [
            { token: 'yes', logProbability: -0.1 },
            { token: 'no', logProbability: -2 },
          ],
        },
      ],
    };
    expect(completionOf(answer([{ text: 'yes' }], { logprobsResult })).choices[0].logprobs).toEqual({
      content: [
        {
          token: 'yes',
          logprob: -0.1,
          bytes: null,
          top_logprobs: [
            { token: 'yes', logprob: -0.1, bytes: null },
            { token: 'no', logprob: -2, bytes: null },
          ],
        },
      ],
    });
    expect(completionOf(answer([{ text: 'yes' }], { logprobsResult: {} })).choices[0]).not.toHaveProperty('logprobs');
  });

  it.each([
    ['STOP', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content_filter'],
    ['RECITATION', 'content_filter'],
    ['LANGUAGE', 'content_filter'],
    ['BLOCKLIST', 'content_filter'],
    ['PROHIBITED_CONTENT', 'content_filter'],
    ['SPII', 'content_filter'],
    ['IMAGE_SAFETY', 'content_filter'],
    ['OTHER', 'OTHER'],
    ['MALFORMED_FUNCTION_CALL', 'MALFORMED_FUNCTION_CALL'],
  ])('ends in %s with words: %s', (finishReason, finish) => {
    expect(completionOf(answer([{ text: 'well' }], { finishReason })).choices[0].finish_reason).toBe(finish);
  });

  it.each([
    ['tokens spent before the first word', { content: { role: 'model' }, finishReason: 'MAX_TOKENS' }, null],
    ['an empty text', { content: { parts: [{ text: '' }] }, finishReason: 'STOP' }, ''],
  ])('is an answer with %s', (_, candidate, content) => {
    expect(completionOf({ candidates: [candidate] }).choices[0].message.content).toBe(content);
  });

  it('is an answer when one of several was withheld', () => {
    const body = { candidates: [...answer([{ text: 'red' }]).candidates, { finishReason: 'SAFETY', index: 1 }] };
    expect(completionOf(body).choices.map(({ finish_reason }) => finish_reason)).toEqual(['stop', 'content_filter']);
  });

  it.each<readonly [string, unknown, object]>([
    [
      'a blocked prompt',
      { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: { promptTokenCount: 9 } },
      { _tag: 'ContentPolicyViolation', code: 'PROHIBITED_CONTENT', isRetryable: false },
    ],
    [
      'a withheld answer',
      { candidates: [{ finishReason: 'RECITATION' }] },
      { _tag: 'ContentPolicyViolation', code: 'RECITATION' },
    ],
    [
      'a withheld answer with an empty text',
      answer([{ text: '' }], { finishReason: 'SAFETY' }),
      { _tag: 'ContentPolicyViolation', code: 'SAFETY' },
    ],
    ['no candidates', { usageMetadata: { promptTokenCount: 9 } }, { _tag: 'InvalidResponse' }],
    [
      'no candidates, and ratings only',
      { candidates: [], promptFeedback: { safetyRatings: [] } },
      { _tag: 'InvalidResponse' },
    ],
    [
      'no parts',
      { candidates: [{ content: { role: 'model' }, finishReason: 'STOP' }] },
      { _tag: 'InvalidResponse', code: 'STOP' },
    ],
    ['no parts and no reason', { candidates: [{}] }, { _tag: 'InvalidResponse' }],
    [
      'a malformed call',
      { candidates: [{ content: {}, finishReason: 'MALFORMED_FUNCTION_CALL', finishMessage: 'Malformed: print(' }] },
      { _tag: 'InvalidResponse', code: 'MALFORMED_FUNCTION_CALL', isRetryable: true },
    ],
    ['a call without a name', answer([{ functionCall: { args: {} } }]), { _tag: 'InvalidResponse' }],
    ['a list', [{}], { _tag: 'InvalidResponse' }],
    ['null', null, { _tag: 'InvalidResponse' }],
    ['an error in an array', [{ error: { code: 429, status: 'RESOURCE_EXHAUSTED' } }], { _tag: 'RateLimited' }],
  ])('%s is none', (_, body, failure) => {
    expect(failureOf(body)).toMatchObject({ provider: 'gemini', status: 200, ...failure });
  });

  it('is none when the body is no JSON', () => {
    const decoded = provider.toCompletion(unreadableReply(200, 'not-json', '<html>'));
    expect(decoded).toMatchObject({ left: { _tag: 'InvalidResponse' } });
  });

  it('shows no reason that is a sentence', () => {
    expect(failureOf({ promptFeedback: { blockReason: 'because you asked' } })).not.toHaveProperty('code');
  });

  it.each([{}, { promptTokenCount: -1 }, { promptTokenCount: '9' }, { promptTokenCount: Infinity }, 7, null])(
    'has no usage for %j',
    (usageMetadata) => {
      expect(completionOf({ ...answer([{ text: 'yes' }]), usageMetadata })).not.toHaveProperty('usage');
    },
  );
});
