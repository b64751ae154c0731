import type { CompletionRequest, Message, Tool } from '../../../lib/domain/request';
import { countTokens } from '../../../lib/tokens/count-tokens';
import { onlyValue } from '../only-value';
import { counted } from './counted';

type Schema = Readonly<Record<string, unknown>>;

const tool = (name: string, description?: string, parameters?: Schema): Tool => ({
  type: 'function',
  function: { name, description, parameters },
});
const object = (properties: Schema, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
});
const hello: readonly Message[] = [{ role: 'user', content: 'hello' }];
const bot: readonly Message[] = [{ role: 'system', content: 'You are a bot.' }];
const text = { type: 'string' };

/** OpenAI cookbook, "How to count tokens with tiktoken", section 7. */
const weather: CompletionRequest = {
  messages: [
    { role: 'system', content: 'You are a helpful assistant that can answer to questions about the weather.' },
    { role: 'user', content: "What's the weather like in San Francisco?" },
  ],
  tools: [
    tool(
      'get_current_weather',
      'Get the current weather in a given location',
      object(
        {
          location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' },
          unit: { type: 'string', description: 'The unit of temperature to return', enum: ['celsius', 'fahrenheit'] },
        },
        ['location'],
      ),
    ),
  ],
};

const ingredient = object(
  {
    name: text,
    unit: { enum: ['grams', 'ml', 'cups', 'pieces', 'teaspoons'], type: 'string' },
    amount: { type: 'number' },
  },
  ['name', 'unit', 'amount'],
);
const recipe = object(
  {
    ingredients: { type: 'array', items: ingredient },
    instructions: { type: 'array', items: text, description: 'Steps to prepare the recipe (no numbering)' },
    time_to_cook: { type: 'number', description: 'Total time to prepare the recipe in minutes' },
  },
  ['ingredients', 'instructions', 'time_to_cook'],
);
const nested = object({ foo: object({ bar: { type: 'string', enum: ['a', 'b', 'c'] }, baz: { type: 'boolean' } }) });

const pros = { type: 'array', items: text, description: 'Write 3 points why this text is well written' };
const quality = object({ quality: object({ pros }) });

/** Cases of github.com/hmarr/openai-chat-tokens, as gpt-tokenizer has them for gpt-4o; functions as tools. */
const gpt4o: readonly [what: string, request: CompletionRequest, tokens: number][] = [
  ['nothing to give', { messages: hello, tools: [tool('foo', undefined, object({}))] }, 31],
  ['none is to be called', { messages: hello, tools: [tool('foo', undefined, object({}))], tool_choice: 'none' }, 32],
  ['the model decides', { messages: hello, tools: [tool('foo', undefined, object({}))], tool_choice: 'auto' }, 31],
  ['a description', { messages: hello, tools: [tool('foo', 'Do a foo', object({}))] }, 35],
  ['a field', { messages: hello, tools: [tool('bing_bong', 'Do a bing bong', object({ foo: text }))] }, 45],
  [
    'two fields',
    {
      messages: hello,
      tools: [
        tool('bing_bong', 'Do a bing bong', object({ foo: text, bar: { type: 'number', description: 'A number' } })),
      ],
    },
    52,
  ],
  ['an object in an object', { messages: hello, tools: [tool('bing_bong', 'Do a bing bong', nested)] }, 64],
  [
    'a system message',
    {
      messages: [
        { role: 'system', content: 'Hello' },
        { role: 'user', content: 'Hi there' },
      ],
      tools: [tool('do_stuff', undefined, object({}))],
    },
    36,
  ],
  [
    'two system messages, two tools',
    {
      messages: [
        { role: 'system', content: 'Hello:' },
        { role: 'system', content: 'Hello' },
        { role: 'user', content: 'Hi there' },
      ],
      tools: [tool('do_stuff', undefined, object({})), tool('do_other_stuff', undefined, object({}))],
    },
    51,
  ],
  ['a description too deep to be shown', { messages: hello, tools: [tool('function', 'description', quality)] }, 45],
  ['arrays of objects', { messages: hello, tools: [tool('get_recipe', undefined, recipe)] }, 105],
];

const search = (parameters?: Schema) => [
  tool('search_sources', 'Retrieve sources from the Azure AI Search index', parameters),
];
const query = {
  type: 'string',
  description: "Query string to retrieve documents from azure search eg: 'Health care plan'",
};
const number = [
  tool(
    'data_demonstration',
    'This is the main function description',
    object({ integer_enum: { type: 'integer', enum: [-1, 1] } }),
  ),
];

/** What was billed (github.com/pamelafox/openai-messages-token-helper, tests/functions.py). */
const billed: readonly [
  what: string,
  tools: readonly Tool[],
  choice: CompletionRequest['tool_choice'],
  tokens: number,
][] = [
  ['auto', search(object({ search_query: query }, ['search_query'])), 'auto', 66],
  ['none', search(object({ search_query: query }, ['search_query'])), 'none', 67],
  ['by name', search(object({ search_query: query }, ['search_query'])), named('search_sources'), 75],
  ['no parameters', search(), 'auto', 42],
  ['no parameters, by name', search(), named('search_sources'), 51],
  ['numbers to choose from', number, 'none', 54],
  ['numbers to choose from, by name', number, named('data_demonstration'), 64],
  [
    'an array',
    [
      tool(
        'get_coordinates',
        'Get the latitude and longitude of multiple mailing addresses',
        object({ addresses: { type: 'array', description: 'The mailing addresses to be located', items: text } }, [
          'addresses',
        ]),
      ),
    ],
    'none',
    59,
  ],
  [
    'null',
    [
      tool(
        'get_null',
        'Get the null value',
        object({ null_value: { type: 'null', description: 'The null value to be returned' } }, ['null_value']),
      ),
    ],
    'none',
    55,
  ],
];

function named(name: string) {
  return { type: 'function', function: { name } };
}

beforeAll(async () => {
  for (const model of ['gpt-4', 'gpt-4o']) await onlyValue(countTokens('', model));
});

describe('countTokens of tools', () => {
  it.each([
    ['gpt-4', 105],
    ['gpt-3.5-turbo', 105],
    ['gpt-4o', 101],
    ['gpt-4o-mini', 101],
  ])('has the published count of the cookbook for %s', (model, tokens) => {
    expect(counted(weather, model)).toBe(tokens);
  });

  it.each(gpt4o)('has the known count of gpt-4o: %s', (_what, request, tokens) => {
    expect(counted(request, 'gpt-4o')).toBe(tokens);
  });

  it.each(billed)('is within 5 %% of what was billed: %s', (_what, tools, choice, tokens) => {
    const request: CompletionRequest = { messages: bot, tools, tool_choice: choice };
    expect(Math.abs(counted(request, 'gpt-4') / tokens - 1)).toBeLessThan(0.05);
    expect(Math.abs(counted(request, 'gpt-4o') / tokens - 1)).toBeLessThan(0.05);
  });

  it('has what was billed for a call and its result, whose function is known by the id of the call', () => {
    const called: Message = {
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          id: 'call_1',
          type: 'function',
          function: { name: 'get_current_weather', arguments: '{\n  "location": "Boston, MA"\n}' },
        },
      ],
    };
    const result: Message = { role: 'tool', tool_call_id: 'call_1', content: '29 degree celcius' };
    const tokens = 35; // gpt-4, github.com/forestwanglin/openai-java/issues/5
    expect(counted({ messages: [called, result] }, 'gpt-4')).toBe(tokens);
    expect(counted({ messages: [called, { ...result, name: 'get_current_weather' }] }, 'gpt-4')).toBe(tokens);
  });

  it('counts the fields of schemas that are not of one type, and no tools as none', () => {
    const of = (field: Schema) =>
      counted({ messages: hello, tools: [tool('f', undefined, object({ field }))] }, 'gpt-4o');
    expect(of({ type: ['string', 'null'] })).toBeGreaterThan(of(text));
    expect(of({ anyOf: [text, { type: 'number' }, object({ inner: text })] })).toBeGreaterThan(
      of({ type: ['string', 'number'] }),
    );
    const empty = (content: string | null) => ({ messages: [{ role: 'system' as const, content }], tools: number });
    expect(counted(empty(''), 'gpt-4o')).toBe(counted(empty(null), 'gpt-4o'));
    expect(counted({ messages: hello, tools: [] }, 'gpt-4o')).toBe(counted('hello', 'gpt-4o'));
  });

  it('counts a JSON schema that is asked for, by its length', () => {
    const schema = { name: 'person', schema: object({ name: text, age: { type: 'integer' } }, ['name', 'age']) };
    const asked = counted({ messages: hello, response_format: { type: 'json_schema', json_schema: schema } }, 'gpt-4o');
    expect(asked - counted('hello', 'gpt-4o')).toBeGreaterThan(20);
    expect(counted({ messages: hello, response_format: { type: 'json_object' } }, 'gpt-4o')).toBe(
      counted('hello', 'gpt-4o'),
    );
  });
});
