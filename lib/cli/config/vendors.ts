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
  /** Where its key usually is; absent: it needs none. */
  readonly key?: string | undefined;
}

/** By the name of the function that makes it, which is what `use` says. */
export const vendors: Readonly<Record<string, Vendor>> = {
  openai: { make: openai, key: 'OPENAI_API_KEY' },
  azureOpenAI: { make: azureOpenAI, key: 'AZURE_OPENAI_API_KEY' },
  anthropic: { make: anthropic, key: 'ANTHROPIC_API_KEY' },
  gemini: { make: gemini, key: 'GEMINI_API_KEY' },
  groq: { make: groq, key: 'GROQ_API_KEY' },
  mistral: { make: mistral, key: 'MISTRAL_API_KEY' },
  deepseek: { make: deepseek, key: 'DEEPSEEK_API_KEY' },
  xai: { make: xai, key: 'XAI_API_KEY' },
  openRouter: { make: openRouter, key: 'OPENROUTER_API_KEY' },
  together: { make: together, key: 'TOGETHER_API_KEY' },
  fireworks: { make: fireworks, key: 'FIREWORKS_API_KEY' },
  ollama: { make: ollama },
  vllm: { make: vllm },
  lmStudio: { make: lmStudio },
  openAICompatible: { make: openAICompatible },
};
