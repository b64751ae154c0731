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
  type Provider,
  together,
  vllm,
  xai,
} from '../../index';

/** A provider, as a configuration file and `--model` know it. */
export interface Vendor {
  readonly make: (options: never) => Provider;
  readonly options: readonly string[];
  /** Where its key usually is; absent: it needs none. */
  readonly key?: string | undefined;
}

const common = ['model', 'apiKey', 'baseURL', 'headers'];
const hosted = (make: Vendor['make'], key: string): Vendor => ({ make, options: common, key });
const local = (make: Vendor['make']): Vendor => ({ make, options: common });

/** By the name of the function that makes it, which is what `use` says. */
export const vendors: Readonly<Record<string, Vendor>> = {
  openai: hosted(openai, 'OPENAI_API_KEY'),
  azureOpenAI: {
    make: azureOpenAI,
    options: [...common, 'endpoint', 'deployment', 'apiVersion'],
    key: 'AZURE_OPENAI_API_KEY',
  },
  anthropic: { make: anthropic, options: [...common, 'maxTokens'], key: 'ANTHROPIC_API_KEY' },
  gemini: hosted(gemini, 'GEMINI_API_KEY'),
  groq: hosted(groq, 'GROQ_API_KEY'),
  mistral: hosted(mistral, 'MISTRAL_API_KEY'),
  deepseek: hosted(deepseek, 'DEEPSEEK_API_KEY'),
  xai: hosted(xai, 'XAI_API_KEY'),
  openRouter: hosted(openRouter, 'OPENROUTER_API_KEY'),
  together: hosted(together, 'TOGETHER_API_KEY'),
  fireworks: hosted(fireworks, 'FIREWORKS_API_KEY'),
  ollama: local(ollama),
  vllm: local(vllm),
  lmStudio: local(lmStudio),
  openAICompatible: { make: openAICompatible, options: [...common, 'name'] },
};
