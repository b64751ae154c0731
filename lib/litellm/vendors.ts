import { left, right } from 'fp-ts/Either';
import { anthropic } from '../provider/anthropic/anthropic';
import { gemini } from '../provider/gemini/gemini';
import { deepseek } from '../provider/vendors/deepseek';
import { fireworks } from '../provider/vendors/fireworks';
import { groq } from '../provider/vendors/groq';
import { lmStudio } from '../provider/vendors/lm-studio';
import { mistral } from '../provider/vendors/mistral';
import { ollama } from '../provider/vendors/ollama';
import { openRouter } from '../provider/vendors/open-router';
import { together } from '../provider/vendors/together';
import { vllm } from '../provider/vendors/vllm';
import { xai } from '../provider/vendors/xai';
import { openAIOrAlike } from './openai-or-alike';
import type { Vendor } from './vendor';

const trimmed = (apiBase: string) => apiBase.replace(/\/+$/, '');
const without = (end: RegExp) => (apiBase: string) => right(trimmed(apiBase).replace(end, ''));
const within = (end: string) => (apiBase: string) => right(`${trimmed(apiBase).replace(end, '')}${end}`);

const ollamaServer: Vendor = {
  kind: 'local',
  make: ollama,
  keys: ['OLLAMA_API_KEY'],
  bases: ['OLLAMA_API_BASE'],
  base: within('/v1'), // LiteLLM speaks Ollama's own protocol, whose address has none
};

/** By the first part of `provider/model`. The variables are those of litellm 1.109 (`get_llm_provider`, `main.py`). Azure is apart. */
export const vendors: Readonly<Record<string, Vendor>> = {
  openai: {
    kind: 'hosted',
    make: openAIOrAlike,
    keys: ['OPENAI_API_KEY'],
    bases: ['OPENAI_BASE_URL', 'OPENAI_API_BASE'],
    base: without(/\/chat\/completions$/),
  },
  anthropic: {
    kind: 'hosted',
    make: anthropic,
    keys: ['ANTHROPIC_API_KEY'],
    bases: ['ANTHROPIC_API_BASE', 'ANTHROPIC_BASE_URL'],
    base: without(/\/v1\/messages$/),
  },
  gemini: {
    kind: 'hosted',
    make: gemini,
    keys: ['GOOGLE_API_KEY', 'GEMINI_API_KEY'],
    bases: ['GEMINI_API_BASE'],
    // `/models/…` is put behind LiteLLM's, `/v1beta/models/…` behind ours
    base: (apiBase) =>
      trimmed(apiBase).endsWith('/v1beta')
        ? without(/\/v1beta$/)(apiBase)
        : left('only one that ends in /v1beta can be used'),
  },
  groq: { kind: 'hosted', make: groq, keys: ['GROQ_API_KEY'], bases: ['GROQ_API_BASE'] },
  mistral: {
    kind: 'hosted',
    make: mistral,
    keys: ['MISTRAL_AZURE_API_KEY', 'MISTRAL_API_KEY'],
    bases: ['MISTRAL_AZURE_API_BASE'],
    base: within('/v1'),
  },
  deepseek: { kind: 'hosted', make: deepseek, keys: ['DEEPSEEK_API_KEY'], bases: ['DEEPSEEK_API_BASE'] },
  xai: { kind: 'hosted', make: xai, keys: ['XAI_API_KEY'], bases: ['XAI_API_BASE'] },
  openrouter: {
    kind: 'hosted',
    make: openRouter,
    keys: ['OPENROUTER_API_KEY', 'OR_API_KEY'],
    bases: ['OPENROUTER_API_BASE'],
    named: (model) => (model.includes('/') || model === '*' ? model : `openrouter/${model}`), // `openrouter/auto` is OpenRouter's own
  },
  together_ai: {
    kind: 'hosted',
    make: together,
    keys: ['TOGETHER_API_KEY', 'TOGETHER_AI_API_KEY', 'TOGETHERAI_API_KEY', 'TOGETHER_AI_TOKEN'],
    bases: ['TOGETHER_AI_API_BASE'],
  },
  fireworks_ai: {
    kind: 'hosted',
    make: fireworks,
    keys: ['FIREWORKS_API_KEY', 'FIREWORKS_AI_API_KEY', 'FIREWORKSAI_API_KEY', 'FIREWORKS_AI_TOKEN'],
    bases: ['FIREWORKS_API_BASE'],
    named: (model) => (/^accounts\/|#|^\*$/.test(model) ? model : `accounts/fireworks/models/${model}`),
  },
  ollama: ollamaServer,
  ollama_chat: ollamaServer,
  hosted_vllm: { kind: 'local', make: vllm, keys: ['HOSTED_VLLM_API_KEY'], bases: ['HOSTED_VLLM_API_BASE'] },
  vllm: {
    kind: 'local',
    make: vllm,
    keys: [],
    bases: [],
    needsBase: 'without api_base, LiteLLM runs vLLM inside its own process: write hosted_vllm/, with api_base',
  },
  lm_studio: { kind: 'local', make: lmStudio, keys: ['LM_STUDIO_API_KEY'], bases: ['LM_STUDIO_API_BASE'] },
};
