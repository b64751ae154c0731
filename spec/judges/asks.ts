import { FunctionResponse } from '@google/genai';
import type { CompletionRequest } from '../../lib/domain/request';
import type { anthropicJudge } from './anthropic-judge';
import type { geminiJudge } from './gemini-judge';
import type { openAIJudge } from './openai-judge';

type AskOf<J extends { whole: (url: string, ask: never) => unknown }> = Parameters<J['whole']>[1];

/** One question, in our words and in each vendor's own. */
export interface Ask {
  readonly ours: CompletionRequest;
  readonly OpenAI: AskOf<typeof openAIJudge>;
  /** Absent where the vendor has nothing like it. */
  readonly Anthropic?: AskOf<typeof anthropicJudge>;
  readonly Gemini: AskOf<typeof geminiJudge>;
}

const prompt = 'How is the weather in Zürich, and what time is it there?';
const user = { role: 'user' as const, content: prompt };
const messages = [user];
const max_tokens = 2000;

const ofCity = { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] };
const weather = { name: 'get_weather', description: 'The weather in a city' };
const time = { name: 'get_time', description: 'The time in a city' };
const functions = (...all: readonly (typeof weather)[]) => ({
  ours: { tools: all.map((one) => ({ type: 'function' as const, function: { ...one, parameters: ofCity } })) },
  anthropic: { tools: all.map((one) => ({ ...one, input_schema: ofCity })) },
  gemini: { tools: [{ functionDeclarations: all.map((one) => ({ ...one, parametersJsonSchema: ofCity })) }] },
});
const one = functions(weather);
const two = functions(weather, time);

const schema = {
  type: 'object' as const,
  properties: { summary: { type: 'string' }, mood: { enum: ['good', 'bad'] }, score: { type: 'integer' } },
  required: ['summary', 'mood', 'score'],
  additionalProperties: false,
};
const asSchema = {
  response_format: { type: 'json_schema' as const, json_schema: { name: 'answer', strict: true, schema } },
};

const call = { id: 'call_7', name: 'get_weather', args: { city: 'Zürich' } };
const result = '{"sky":"rain","degrees":12}';
const gave = Object.assign(new FunctionResponse(), { name: call.name, response: JSON.parse(result) as unknown });
const talked = [
  user,
  {
    role: 'assistant' as const,
    content: null,
    tool_calls: [
      { id: call.id, type: 'function' as const, function: { name: call.name, arguments: JSON.stringify(call.args) } },
    ],
  },
  { role: 'tool' as const, tool_call_id: call.id, content: result },
];

export const asks = {
  prose: {
    ours: { messages },
    OpenAI: { messages },
    Anthropic: { messages, max_tokens },
    Gemini: { contents: prompt },
  },
  'prose, under instructions': {
    ours: { messages: [{ role: 'system', content: 'Be brief.' }, user] },
    OpenAI: { messages: [{ role: 'system', content: 'Be brief.' }, user] },
    Anthropic: { messages, max_tokens, system: 'Be brief.' },
    Gemini: { contents: prompt, config: { systemInstruction: 'Be brief.' } },
  },
  'prose cut short': {
    ours: { messages, max_tokens: 5 },
    OpenAI: { messages, max_completion_tokens: 5 },
    Anthropic: { messages, max_tokens: 5 },
    Gemini: { contents: prompt, config: { maxOutputTokens: 5 } },
  },
  'two answers': {
    ours: { messages, n: 2 },
    OpenAI: { messages, n: 2 },
    Gemini: { contents: prompt, config: { candidateCount: 2 } },
  },
  'JSON by a schema': {
    ours: { messages, ...asSchema },
    OpenAI: { messages, ...asSchema },
    Anthropic: { messages, max_tokens, output_config: { format: { type: 'json_schema', schema } } },
    Gemini: { contents: prompt, config: { responseMimeType: 'application/json', responseJsonSchema: schema } },
  },
  'a tool': {
    ours: { messages, ...one.ours },
    OpenAI: { messages, ...one.ours },
    Anthropic: { messages, max_tokens, ...one.anthropic },
    Gemini: { contents: prompt, config: one.gemini },
  },
  'two tools': {
    ours: { messages, ...two.ours },
    OpenAI: { messages, ...two.ours },
    Anthropic: { messages, max_tokens, ...two.anthropic },
    Gemini: { contents: prompt, config: two.gemini },
  },
  'the tool that is told': {
    ours: { messages, ...two.ours, tool_choice: { type: 'function', function: { name: 'get_time' } } },
    OpenAI: { messages, ...two.ours, tool_choice: { type: 'function', function: { name: 'get_time' } } },
    Anthropic: { messages, max_tokens, ...two.anthropic, tool_choice: { type: 'tool', name: 'get_time' } },
    Gemini: {
      contents: prompt,
      config: {
        ...two.gemini,
        toolConfig: { functionCallingConfig: { mode: 'ANY' as never, allowedFunctionNames: ['get_time'] } },
      },
    },
  },
  'no tool': {
    ours: { messages, ...two.ours, tool_choice: 'none' },
    OpenAI: { messages, ...two.ours, tool_choice: 'none' },
    Anthropic: { messages, max_tokens, ...two.anthropic, tool_choice: { type: 'none' } },
    Gemini: {
      contents: prompt,
      config: { ...two.gemini, toolConfig: { functionCallingConfig: { mode: 'NONE' as never } } },
    },
  },
  'what a tool gave': {
    ours: { messages: talked, ...two.ours },
    OpenAI: { messages: talked, ...two.ours },
    Anthropic: {
      max_tokens,
      ...two.anthropic,
      messages: [
        user,
        { role: 'assistant', content: [{ type: 'tool_use', id: call.id, name: call.name, input: call.args }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: result }] },
      ],
    },
    Gemini: {
      config: two.gemini,
      contents: [
        { role: 'user', parts: [{ text: prompt }] },
        { role: 'model', parts: [{ functionCall: { name: call.name, args: call.args } }] },
        {
          role: 'user',
          parts: [{ functionResponse: gave }],
        },
      ],
    },
  },
  'what it thinks': {
    ours: { messages, reasoning_effort: 'low' },
    OpenAI: { messages, reasoning_effort: 'low' },
    Anthropic: { messages, max_tokens, thinking: { type: 'enabled', budget_tokens: 1024 } },
    Gemini: { contents: prompt, config: { thinkingConfig: { includeThoughts: true } } },
  },
} satisfies Readonly<Record<string, Ask>>;
