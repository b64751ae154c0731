import { isLeft } from 'fp-ts/Either';
import type { CompletionRequest } from '../../../lib/domain/request';
import { gemini } from '../../../lib/provider/gemini/gemini';

type Body = Readonly<Record<string, unknown>>;

function bodyOf(asked: object, model = 'gemini-2.5-flash', dropUnsupported = false): Body {
  const request = { messages: [{ role: 'user', content: 'hello' }], ...asked } as CompletionRequest;
  const call = gemini({ model, apiKey: 'k' }).toCall(request, { stream: false, dropUnsupported });
  if (isLeft(call)) throw call.left;
  return JSON.parse(call.right.body) as Body;
}

const contentsOf = (messages: readonly object[], model?: string) => bodyOf({ messages }, model)['contents'];
const configOf = (asked: object, model?: string) => bodyOf(asked, model)['generationConfig'];
const partOf = (part: object) => contentsOf([{ role: 'user', content: [part] }]);
const only = (part: object) => [{ role: 'user', parts: [part] }];

const weather = (id: string, city: string, rest: object = {}) => ({
  id,
  type: 'function',
  function: { name: 'weather', arguments: JSON.stringify({ city }) },
  ...rest,
});

describe('a conversation for Gemini', () => {
  it('has its system and developer messages apart, and one turn for each change of role', () => {
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'one' },
      { role: 'user', content: [{ type: 'text', text: 'two' }] },
      { role: 'assistant', content: 'three' },
      { role: 'developer', content: [{ type: 'text', text: 'In French.' }] },
      { role: 'assistant', content: [{ type: 'refusal', refusal: 'four' }] },
      { role: 'user', content: 'five' },
    ];
    expect(bodyOf({ messages })).toEqual({
      systemInstruction: { parts: [{ text: 'Be brief.' }, { text: 'In French.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'one' }, { text: 'two' }] },
        { role: 'model', parts: [{ text: 'three' }, { text: 'four' }] },
        { role: 'user', parts: [{ text: 'five' }] },
      ],
    });
  });

  it('leaves empty texts out, but not the only words of a user', () => {
    const messages = [
      { role: 'user', content: '' },
      { role: 'assistant', content: '' },
      { role: 'assistant', content: null },
      {
        role: 'user',
        content: [
          { type: 'text', text: '' },
          { type: 'text', text: 'well?' },
        ],
      },
    ];
    expect(contentsOf(messages)).toEqual([{ role: 'user', parts: [{ text: '' }, { text: 'well?' }] }]);
  });

  it('has calls and their results, several in one turn of their own', () => {
    const messages = [
      { role: 'user', content: 'Oslo or Rome?' },
      { role: 'assistant', content: 'Let me look.', tool_calls: [weather('a', 'Oslo'), weather('b', 'Rome')] },
      { role: 'tool', tool_call_id: 'a', content: '{"degrees":3}' },
      { role: 'tool', tool_call_id: 'b', content: [{ type: 'text', text: 'warm' }] },
      { role: 'user', content: 'So?' },
    ];
    expect(contentsOf(messages)).toEqual([
      { role: 'user', parts: [{ text: 'Oslo or Rome?' }] },
      {
        role: 'model',
        parts: [
          { text: 'Let me look.' },
          { functionCall: { id: 'a', name: 'weather', args: { city: 'Oslo' } } },
          { functionCall: { id: 'b', name: 'weather', args: { city: 'Rome' } } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'a', name: 'weather', response: { degrees: 3 } } },
          { functionResponse: { id: 'b', name: 'weather', response: { output: 'warm' } } },
        ],
      },
      { role: 'user', parts: [{ text: 'So?' }] },
    ]);
  });

  it.each(['[1,2]', '7', 'null', '"x"', '{"open":', ''])('wraps the result %j', (content) => {
    const messages = [
      { role: 'assistant', tool_calls: [weather('a', 'Oslo')] },
      { role: 'tool', tool_call_id: 'a', content },
    ];
    expect(contentsOf(messages)).toMatchObject([
      {},
      { parts: [{ functionResponse: { name: 'weather', response: { output: content } } }] },
    ]);
  });

  it('takes the name of a function from the result itself when its call is not there', () => {
    const messages = [{ role: 'tool', tool_call_id: 'z', name: 'now', content: 'noon' }];
    expect(contentsOf(messages)).toMatchObject([{ parts: [{ functionResponse: { id: 'z', name: 'now' } }] }]);
  });

  it.each([
    ['messages[0].tool_call_id', [{ role: 'tool', tool_call_id: 'z', content: 'noon' }]],
    [
      'messages[0].tool_calls[0].function.arguments',
      [{ role: 'assistant', tool_calls: [{ ...weather('a', ''), function: { name: 'f', arguments: '{"ci' } }] }],
    ],
    [
      'messages[0].content[0]',
      [{ role: 'system', content: [{ type: 'image_url', image_url: { url: 'https://a/b.png' } }] }],
    ],
  ])('is refused at %s', (param, messages) => {
    expect(() => bodyOf({ messages })).toThrow(expect.objectContaining({ _tag: 'BadRequest', param }) as Error);
  });

  it('allows a call without arguments', () => {
    const call = { id: 'a', type: 'function', function: { name: 'now', arguments: '' } };
    expect(contentsOf([{ role: 'assistant', tool_calls: [call] }])).toEqual([
      { role: 'model', parts: [{ functionCall: { id: 'a', name: 'now', args: {} } }] },
    ]);
  });

  describe('signatures of thoughts', () => {
    const signed = { extra_content: { google: { thought_signature: 'EpEgCo4g' } } };
    const signatures = (calls: readonly object[], model?: string) =>
      (contentsOf([{ role: 'assistant', tool_calls: calls }], model) as readonly { readonly parts: readonly Body[] }[])
        .flatMap(({ parts }) => parts)
        .map((part) => part['thoughtSignature']);

    it.each(['gemini-2.5-flash', 'gemini-3-pro-preview'])('go back to %s with their calls', (model) => {
      expect(signatures([weather('a', 'Oslo', signed), weather('b', 'Rome')], model)).toEqual(['EpEgCo4g', undefined]);
    });

    it.each([
      ['gemini-3-pro-preview', 'skip_thought_signature_validator'],
      ['models/gemini-flash-latest', 'skip_thought_signature_validator'],
      ['gemini-2.5-pro', undefined],
      ['models/gemini-2.0-flash', undefined],
    ])('that are not known: %s gets %s', (model, stand) => {
      expect(signatures([weather('a', 'Oslo'), weather('b', 'Rome')], model)).toEqual([stand, undefined]);
    });
  });
});

describe('a part for Gemini', () => {
  it.each([
    ['data:image/png;base64,iVBORw0KGgo=', { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }],
    ['data:image/png;name=a.png;base64,iVBO', { inlineData: { mimeType: 'image/png', data: 'iVBO' } }],
    [
      'https://a.example/b.PNG?size=2#top',
      { fileData: { mimeType: 'image/png', fileUri: 'https://a.example/b.PNG?size=2#top' } },
    ],
    ['gs://bucket/c.jpg', { fileData: { mimeType: 'image/jpeg', fileUri: 'gs://bucket/c.jpg' } }],
    ['https://a.example/image', { fileData: { fileUri: 'https://a.example/image' } }],
  ])('shows the image %s', (url, part) => {
    expect(partOf({ type: 'image_url', image_url: { url, detail: 'low' } })).toEqual(only(part));
  });

  it.each([
    'data:image/png,raw',
    'data:;base64,iVBO',
    'data:image/png;base64',
    'file:///etc/passwd',
    'ftp://a/b.png',
    '',
  ])('cannot show the image %j', (url) => {
    expect(() => partOf({ type: 'image_url', image_url: { url } })).toThrow(
      expect.objectContaining({ _tag: 'BadRequest', param: 'messages[0].content[0]' }) as Error,
    );
  });

  it.each([
    [
      { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } },
      { inlineData: { mimeType: 'audio/wav', data: 'UklGRg==' } },
    ],
    [
      { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } },
      { inlineData: { mimeType: 'application/pdf', data: 'JVBERi0=' } },
    ],
    [
      {
        type: 'file',
        file: { file_id: 'https://generativelanguage.googleapis.com/v1beta/files/3v9', format: 'video/mp4' },
      },
      { fileData: { mimeType: 'video/mp4', fileUri: 'https://generativelanguage.googleapis.com/v1beta/files/3v9' } },
    ],
  ])('%j', (given, part) => {
    expect(partOf(given)).toEqual(only(part));
  });

  it.each([
    { type: 'input_audio', input_audio: { data: 'UklGRg==' } },
    { type: 'input_audio' },
    { type: 'file', file: { file_id: 'file-6F2ksmvXxt4VdoqmHRw6kL' } },
    { type: 'file', file: 'a.pdf' },
  ])('%j is refused', (given) => {
    expect(() => partOf(given)).toThrow(expect.objectContaining({ _tag: 'BadRequest' }) as Error);
  });
});

describe('what is wanted of the generation', () => {
  it('is named as Google names it', () => {
    const asked = {
      temperature: 0,
      top_p: 0.9,
      top_k: 40,
      max_tokens: 50,
      max_completion_tokens: 60,
      stop: 'END',
      n: 2,
      seed: 7,
      presence_penalty: 0.5,
      frequency_penalty: -0.5,
      logprobs: true,
      top_logprobs: 3,
    };
    expect(bodyOf(asked)).toEqual({
      contents: only({ text: 'hello' }),
      generationConfig: {
        temperature: 0,
        topP: 0.9,
        topK: 40,
        maxOutputTokens: 60,
        stopSequences: ['END'],
        candidateCount: 2,
        seed: 7,
        presencePenalty: 0.5,
        frequencyPenalty: -0.5,
        responseLogprobs: true,
        logprobs: 3,
      },
    });
    expect(configOf({ max_tokens: 50, stop: ['a', 'b'] })).toEqual({ maxOutputTokens: 50, stopSequences: ['a', 'b'] });
  });

  it("can be said in Google's own words, which win", () => {
    const asked = {
      temperature: 0,
      max_tokens: 50,
      generationConfig: { temperature: 1, responseModalities: ['IMAGE'] },
      safety_settings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
      cachedContent: 'cachedContents/1',
      labels: { team: 'a' },
    };
    expect(bodyOf(asked)).toEqual({
      contents: only({ text: 'hello' }),
      generationConfig: { temperature: 1, maxOutputTokens: 50, responseModalities: ['IMAGE'] },
      safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
      cachedContent: 'cachedContents/1',
      labels: { team: 'a' },
    });
  });

  it('is JSON, of a schema where there is one', () => {
    const schema = {
      type: 'object',
      properties: { const: { const: 'a' }, kind: { anyOf: [{ const: 1 }, { const: true }, { type: 'null' }] } },
      required: ['const'],
      additionalProperties: false,
      $defs: { one: { type: 'array', items: { const: 'b' } } },
      default: { const: 'c' },
    };
    const format = { type: 'json_schema', json_schema: { name: 'x', strict: true, schema } };
    expect(configOf({ response_format: format })).toEqual({
      responseMimeType: 'application/json',
      responseJsonSchema: {
        ...schema,
        properties: { const: { enum: ['a'] }, kind: { anyOf: [{ enum: [1] }, { const: true }, { type: 'null' }] } },
        $defs: { one: { type: 'array', items: { enum: ['b'] } } },
      },
    });
    const json = { responseMimeType: 'application/json' };
    expect(configOf({ response_format: { type: 'json_object' } })).toEqual(json);
    expect(configOf({ response_format: { type: 'json_schema' } })).toEqual(json);
  });

  it.each([
    ['gemini-2.5-flash', 'none', { thinkingBudget: 0 }],
    ['gemini-2.5-flash', 'minimal', { includeThoughts: true, thinkingBudget: 1024 }],
    ['models/gemini-2.5-pro', 'low', { includeThoughts: true, thinkingBudget: 1024 }],
    ['gemini-2.5-pro', 'medium', { includeThoughts: true, thinkingBudget: 8192 }],
    ['gemini-2.5-pro', 'high', { includeThoughts: true, thinkingBudget: 24_576 }],
    ['gemini-3-flash-preview', 'none', { thinkingLevel: 'minimal' }],
    ['gemini-3-flash-preview', 'minimal', { includeThoughts: true, thinkingLevel: 'minimal' }],
    ['gemini-3.1-pro-preview', 'minimal', { includeThoughts: true, thinkingLevel: 'low' }],
    ['gemini-flash-latest', 'medium', { includeThoughts: true, thinkingLevel: 'medium' }],
    ['gemini-3-pro-preview', 'xhigh', { includeThoughts: true, thinkingLevel: 'high' }],
  ])('has %s think: %s', (model, effort, thinkingConfig) => {
    expect(configOf({ reasoning_effort: effort }, model)).toEqual({ thinkingConfig });
  });
});

describe('tools for Gemini', () => {
  const f = {
    type: 'function',
    function: { name: 'f', description: 'does', parameters: { properties: { a: { const: 'x' } } } },
  };
  const g = { type: 'function', function: { name: 'g', strict: true } };
  const callingOf = (asked: object): unknown => {
    const { toolConfig } = bodyOf(asked) as { readonly toolConfig: { readonly functionCallingConfig: unknown } };
    return toolConfig.functionCallingConfig;
  };

  it('are declared by JSON schema', () => {
    expect(bodyOf({ tools: [f, g] })['tools']).toEqual([
      {
        functionDeclarations: [
          { name: 'f', description: 'does', parametersJsonSchema: { properties: { a: { enum: ['x'] } } } },
          { name: 'g' },
        ],
      },
    ]);
  });

  const allowed = (mode: string) => ({ type: 'allowed_tools', allowed_tools: { mode, tools: [f] } });

  it.each<readonly [unknown, readonly object[], object]>([
    [undefined, [f], { mode: 'AUTO' }],
    ['auto', [f], { mode: 'AUTO' }],
    ['auto', [f, g], { mode: 'VALIDATED' }],
    ['none', [f], { mode: 'NONE' }],
    ['required', [f, g], { mode: 'ANY' }],
    [{ type: 'function', function: { name: 'f' } }, [f, g], { mode: 'ANY', allowedFunctionNames: ['f'] }],
    [allowed('required'), [f, g], { mode: 'ANY', allowedFunctionNames: ['f'] }],
    [allowed('auto'), [f], { mode: 'VALIDATED', allowedFunctionNames: ['f'] }],
  ])('are chosen by %j', (choice, tools, calling) => {
    expect(callingOf({ tools, tool_choice: choice })).toEqual(calling);
  });

  it.each([
    { type: 'function' },
    { type: 'custom', custom: { name: 'f' } },
    { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [{ type: 'custom' }] } },
  ])('cannot be chosen by %j', (choice) => {
    expect(() => bodyOf({ tools: [f], tool_choice: choice })).toThrow(
      expect.objectContaining({ _tag: 'BadRequest', param: 'tool_choice' }) as Error,
    );
  });

  it('are sent without a choice when that is left out', () => {
    const body = bodyOf({ tools: [f], tool_choice: { type: 'custom' } }, undefined, true);
    expect([body['tools'], body['toolConfig']]).toEqual([[expect.anything()], undefined]);
  });

  it('that cannot be JSON are refused', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['items'] = cyclic;
    for (const parameters of [cyclic, { default: 7n }]) {
      const tools = [{ type: 'function', function: { name: 'f', parameters } }];
      expect(() => bodyOf({ tools })).toThrow(expect.objectContaining({ _tag: 'BadRequest' }) as Error);
    }
  });
});
