/** Our providers, by LiteLLM's names for them. */
const providers: Readonly<Record<string, string>> = {
  openai: 'openai',
  azure: 'azureOpenAI',
  anthropic: 'anthropic',
  gemini: 'gemini',
  groq: 'groq',
  mistral: 'mistral',
  deepseek: 'deepseek',
  xai: 'xai',
  openrouter: 'openRouter',
  together_ai: 'together',
  fireworks_ai: 'fireworks',
  ollama: 'ollama',
  ollama_chat: 'ollama',
  hosted_vllm: 'vllm',
  vllm: 'vllm',
  lm_studio: 'lmStudio',
};

/** Of these LiteLLM lists models without the provider's name; without it, those of others are no models but classes of prices. */
const bare = /^(openai|anthropic|gemini|deepseek)$/;

/**
 * An entry of LiteLLM's list as a key of ours, `provider/model`. `undefined`: it is none of a provider that is here.
 *
 * @param name the entry's, e.g. `groq/openai/gpt-oss-20b` or `gpt-5-mini`
 * @param vendor its `litellm_provider`
 */
export function liteLLMModel(name: string, vendor: string): string | undefined {
  const provider = Object.hasOwn(providers, vendor) ? providers[vendor] : undefined;
  const isPrefixed = name.startsWith(`${vendor}/`);
  if (provider === undefined || !(isPrefixed || bare.test(vendor))) return undefined;
  return `${provider}/${vendorsName(vendor, isPrefixed ? name.slice(vendor.length + 1) : name)}`;
}

/** LiteLLM shortens the names of two of them. */
function vendorsName(vendor: string, model: string): string {
  if (vendor === 'openrouter' && !model.includes('/')) return `openrouter/${model}`;
  if (vendor === 'fireworks_ai' && !/^accounts\/|#/.test(model)) return `accounts/fireworks/models/${model}`;
  return model;
}
