/** Streams beside each vendor's usual ones: what its documentation allows, and few of its answers show. */
const chunk = (choices: readonly object[], rest: object = {}) =>
  `data: ${JSON.stringify({ id: 'chatcmpl-B7', object: 'chat.completion.chunk', created: 1741569952, model: 'gpt-4.1', choices, ...rest })}\n\n`;
const piece = (delta: object, reason: string | null = null, index = 0) =>
  chunk([{ index, delta, finish_reason: reason }]);
const begins = piece({ role: 'assistant', content: '' });
const call = (index: number, written: string, head: object = {}, name?: string) => ({
  tool_calls: [{ index, ...head, function: { ...(name === undefined ? {} : { name }), arguments: written } }],
});
const done = 'data: [DONE]\n\n';
const usage = { prompt_tokens: 7, completion_tokens: 4, total_tokens: 11 };

export const furtherOpenAIStreams = {
  'pieces of two calls by turns':
    begins +
    piece(call(0, '', { id: 'call_a', type: 'function' }, 'weather')) +
    piece(call(1, '', { id: 'call_b', type: 'function' }, 'now')) +
    piece(call(0, '{"city"')) +
    piece(call(1, '{"zone":')) +
    piece({ tool_calls: [...call(0, ':"Oslo"}').tool_calls, ...call(1, '"CET"}').tool_calls] }) +
    piece({}, 'tool_calls') +
    done,
  'words, then a call':
    begins +
    piece({ content: 'Let me ' }) +
    piece({ content: 'look.' }) +
    piece(call(0, '{}', { id: 'call_a', type: 'function' }, 'now')) +
    piece({}, 'tool_calls') +
    done,
  'arguments that are no JSON':
    begins +
    piece(call(0, '{"city": Oslo', { id: 'call_a', type: 'function' }, 'weather')) +
    piece({}, 'length') +
    done,
  'no arguments at all':
    begins + piece(call(0, '', { id: 'call_a', type: 'function' }, 'now')) + piece({}, 'tool_calls') + done,
  'a call with what is wanted back':
    begins +
    piece({
      tool_calls: [
        {
          index: 0,
          id: 'call_a',
          type: 'function',
          function: { name: 'now', arguments: '{}' },
          extra_content: { google: { thought_signature: 'c2ln' } },
        },
      ],
    }) +
    piece({}, 'tool_calls') +
    done,
  'calls in two choices':
    begins +
    piece({ role: 'assistant', content: null }, null, 1) +
    piece(call(0, '{"n":1}', { id: 'call_a', type: 'function' }, 'pick'), null, 1) +
    piece(call(0, '{"n":0}', { id: 'call_b', type: 'function' }, 'pick')) +
    piece({}, 'tool_calls', 1) +
    piece({}, 'tool_calls') +
    done,
  'half a character in each of two pieces':
    begins + piece({ content: '\ud83c' }) + piece({ content: '\udf52' }) + piece({}, 'stop') + done,
  'the usage with the last piece':
    begins + chunk([{ index: 0, delta: { content: 'Red' }, finish_reason: 'stop' }], { usage }) + done,
  'the usage with every piece':
    chunk([{ index: 0, delta: { role: 'assistant', content: 'Re' }, finish_reason: null }], {
      usage: { ...usage, completion_tokens: 1, total_tokens: 8 },
    }) +
    chunk([{ index: 0, delta: { content: 'd' }, finish_reason: 'stop' }], { usage }) +
    done,
  'no usage': begins + piece({ content: 'Red' }) + piece({}, 'stop') + done,
  'thoughts under either name':
    piece({ role: 'assistant', content: '', reasoning_content: 'Fruit, ' }) +
    piece({ reasoning_content: 'red. ' }) +
    piece({ content: 'Cherry' }) +
    piece({}, 'stop') +
    done,
  'an empty answer': begins + piece({}, 'stop') + done,
  'comments, no spaces and two lines of data':
    ': one\n:\n\n' +
    begins.replace('data: ', 'data:') +
    piece({ content: 'Red' }).replace('"choices"', '\ndata: "choices"').replace('\n\n', '\n: two\n\n') +
    piece({}, 'stop') +
    done,
  'lines ended by CRLF': (begins + piece({ content: 'Red' }) + piece({}, 'stop') + done).replaceAll('\n', '\r\n'),
};

const event = (type: string, rest: object = {}) => `event: ${type}\ndata: ${JSON.stringify({ type, ...rest })}\n\n`;
const starts = (counted: object = {}) =>
  event('message_start', {
    message: {
      id: 'msg_7',
      type: 'message',
      role: 'assistant',
      model: 'claude-sonnet-4-5',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 9, output_tokens: 1, cache_creation_input_tokens: null, ...counted },
    },
  });
const opens = (index: number, block: object) => event('content_block_start', { index, content_block: block });
const adds = (index: number, delta: object) => event('content_block_delta', { index, delta });
const closes = (index: number) => event('content_block_stop', { index });
const stops = (reason: string, counted: object = {}) =>
  event('message_delta', {
    delta: { stop_reason: reason, stop_sequence: null },
    usage: { output_tokens: 5, ...counted },
  }) + event('message_stop');
const says = (index: number, text: string) =>
  opens(index, { type: 'text', text: '' }) + adds(index, { type: 'text_delta', text }) + closes(index);

export const furtherAnthropicStreams = {
  'two texts': starts() + says(0, 'Red, ') + says(1, 'or blue.') + stops('end_turn'),
  'thoughts between calls':
    starts() +
    opens(0, { type: 'thinking', thinking: '', signature: '' }) +
    adds(0, { type: 'thinking_delta', thinking: 'First the ' }) +
    adds(0, { type: 'thinking_delta', thinking: 'time. ' }) +
    adds(0, { type: 'signature_delta', signature: 'c2ln' }) +
    closes(0) +
    opens(1, { type: 'tool_use', id: 'toolu_1', name: 'now', input: {} }) +
    closes(1) +
    opens(2, { type: 'thinking', thinking: '', signature: '' }) +
    adds(2, { type: 'thinking_delta', thinking: 'Then the weather.' }) +
    closes(2) +
    opens(3, { type: 'tool_use', id: 'toolu_2', name: 'weather', input: {} }) +
    adds(3, { type: 'input_json_delta', partial_json: '{"city":"Os' }) +
    event('ping') +
    adds(3, { type: 'input_json_delta', partial_json: 'lo"}' }) +
    closes(3) +
    stops('tool_use'),
  'a call that comes whole':
    starts() +
    opens(0, { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Oslo' } }) +
    closes(0) +
    stops('tool_use'),
  'pings, and a kind of event that is new':
    event('ping') +
    starts() +
    event('ping') +
    says(0, 'Red') +
    event('weather_report', { sun: true }) +
    stops('end_turn'),
  'a stop sequence': starts() + says(0, 'Red') + stops('stop_sequence'),
  'a pause': starts() + says(0, 'Red') + stops('pause_turn'),
  'a full context window': starts() + says(0, 'Red') + stops('model_context_window_exceeded'),
  'caches, counted again at the end':
    starts({ cache_read_input_tokens: 100, cache_creation_input_tokens: 20 }) +
    says(0, 'Red') +
    stops('end_turn', { input_tokens: 11, cache_read_input_tokens: 100, cache_creation_input_tokens: 25 }),
  'a text that begins in its first event':
    starts() +
    opens(0, { type: 'text', text: 'Re' }) +
    adds(0, { type: 'text_delta', text: 'd' }) +
    closes(0) +
    stops('end_turn'),
};

const response = (parts: readonly object[], rest: object = {}, counted: object = {}) =>
  `data: ${JSON.stringify({
    candidates: [{ content: { parts, role: 'model' }, ...rest }],
    usageMetadata: { promptTokenCount: 6, totalTokenCount: 6, ...counted },
    modelVersion: 'gemini-2.5-flash',
    responseId: 'r7',
  })}\r\n\r\n`;

export const furtherGeminiStreams = {
  'what is not an answer among what is':
    response([{ text: 'Let me count. ' }, { executableCode: { language: 'PYTHON', code: 'print(3)' } }]) +
    response([{ codeExecutionResult: { outcome: 'OUTCOME_OK', output: '3' } }, { text: 'Three.' }], {
      finishReason: 'STOP',
    }),
  'an end without a content':
    response([{ text: 'Red' }]) +
    'data: {"candidates":[{"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":6,"candidatesTokenCount":1,"totalTokenCount":7}}\r\n\r\n',
  'calls in several events':
    response([{ functionCall: { name: 'weather', args: { city: 'Oslo' } } }]) +
    response([{ functionCall: { name: 'weather', args: { city: 'Rome', days: [1, 2] } } }]) +
    response([{ functionCall: { name: 'now', args: {} } }], { finishReason: 'STOP' }),
  'thoughts between words':
    response([{ text: 'Hm. ', thought: true }]) +
    response([{ text: 'Red' }]) +
    response([{ text: 'Really? ', thought: true }]) +
    response(
      [{ text: ', yes.' }],
      { finishReason: 'STOP' },
      { candidatesTokenCount: 4, thoughtsTokenCount: 9, totalTokenCount: 19 },
    ),
  'a cached prompt and results of tools': response(
    [{ text: 'Red' }],
    { finishReason: 'STOP' },
    { cachedContentTokenCount: 5, candidatesTokenCount: 1, totalTokenCount: 7 },
  ),
  'an end for a reason that is new': response([{ text: 'Red' }], { finishReason: 'TIRED' }),
};
