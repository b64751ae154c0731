import {
  anthropic,
  azureOpenAI,
  deepseek,
  fireworks,
  gemini,
  groq,
  lmStudio,
  mistral,
  ollama,
  openai,
  openAICompatible,
  openRouter,
  together,
  vllm,
  xai,
} from '../../lib/index';

const secret = 'sk-canary-7f3a';
const hosted = { openai, groq, mistral, deepseek, xai, openRouter, together, fireworks, anthropic, gemini };
const local = { ollama, vllm, lmStudio, openAICompatible };
const makers = Object.entries({ ...hosted, ...local, azureOpenAI }) as [string, (options: object) => unknown][];

describe.each(makers)('the options of %s', (_, make) => {
  const given = (rest: object) => () => {
    const { name } = make as { readonly name: string };
    const place = name in local ? { baseURL: 'http://localhost:1/v1' } : {};
    return make({
      model: 'm',
      apiKey: secret,
      ...place,
      ...(name === 'azureOpenAI' && { endpoint: 'https://a.b' }),
      ...rest,
    });
  };

  it.each([
    ['baseUrl', 'baseURL'],
    ['base_url', 'baseURL'],
    ['api_key', 'apiKey'],
    ['header', 'headers'],
  ])('a misspelt one is refused, not passed over: %s', (typo, meant) => {
    expect(given({ [typo]: secret })).toThrow(TypeError);
    expect(given({ [typo]: secret })).toThrow(`unknown option '${typo}' (did you mean ${meant}?): known are model, `);
    expect(given({ [typo]: secret })).not.toThrow(secret);
  });

  it('an unknown one is, too; what is undefined is as if it were not given', () => {
    expect(given({ toString: 1 })).toThrow(/^[\w-]+: unknown option 'toString': known are model, /);
    expect(given({ baseUrl: undefined, headers: undefined })).not.toThrow();
  });
});
