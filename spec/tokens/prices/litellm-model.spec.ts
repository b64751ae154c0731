import { vendorOf } from '../../../lib/litellm/vendor-of';
import { vendors } from '../../../lib/litellm/vendors';
import { azureOpenAI } from '../../../lib/index';
import { liteLLMModel } from '../../../lib/tokens/prices/litellm-model';

describe("a name in LiteLLM's list of prices", () => {
  const models = ['m', 'maker/m', 'accounts/fireworks/models/m', 'accounts/mine/deployedModels/m'];

  it.each(Object.entries(vendors))('of %s is that of the provider which serves it here', (vendor, { make, named }) => {
    for (const model of models) {
      const own = named?.(model) ?? model;
      const { name, model: called } = make({ model: own, apiKey: 'k' });
      expect(liteLLMModel(`${vendor}/${model}`, vendor)).toBe(`${name}/${called}`);
    }
  });

  it('of azure is that of the provider, with the place before it where that has prices of its own', () => {
    const { name } = azureOpenAI({ model: 'gpt-4o', apiKey: 'k', endpoint: 'https://mine.openai.azure.com' });
    expect(liteLLMModel('azure/gpt-4o', 'azure')).toBe(`${name}/gpt-4o`);
    expect(liteLLMModel('azure/eu/gpt-4o', 'azure')).toBe(`${name}/eu/gpt-4o`);
  });

  it.each(['gpt-4o', 'o3', 'ft:gpt-4o-mini-2024-07-18', 'claude-opus-5-5'])(
    'alone is that of the provider which LiteLLM asks: %s',
    (model) => {
      const { vendor } = (vendorOf(model, undefined) as { readonly right: { readonly vendor: string } }).right;
      expect(liteLLMModel(model, vendor)).toBe(`${vendor}/${model}`);
    },
  );

  it.each([
    ['vertex_ai/gemini-2.5-pro', 'vertex_ai-language-models'],
    ['bedrock/claude-opus-5-5', 'bedrock'],
    ['gpt-3.5-turbo-instruct', 'text-completion-openai'],
    ['azure_ai/grok-4.7', 'azure_ai'],
    ['together-ai-4.1b-8b', 'together_ai'],
    ['fireworks-ai-default', 'fireworks_ai'],
    ['constructor/m', 'constructor'],
    ['__proto__/m', '__proto__'],
    ['m', ''],
    ['/m', ''],
  ])('is none of ours: %s of %s', (name, vendor) => {
    expect(liteLLMModel(name, vendor)).toBeUndefined();
  });
});
