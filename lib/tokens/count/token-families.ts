import { newClaude } from './new-claude';
import { oldClaude } from './old-claude';
import { openaiMessages } from './openai-messages';
import type { TokenFamily } from './token-family';

const openai = {
  ...openaiMessages,
  rules: 'openai',
  factor: 1,
  error:
    'Exact for text, names and roles; tools and pictures within 5 % of the published cases; response formats, files and sound are estimates.',
  source: 'OpenAI cookbook, "How to count tokens with tiktoken"; OpenAI, "Images and vision".',
} as const;

const openWeights = {
  ...openaiMessages,
  rules: 'template',
  encoding: 'o200k_base',
  factor: 1.05,
} as const;

/** Every family whose counting is known, in the order in which a name is looked for. */
export const tokenFamilies: readonly TokenFamily[] = [
  {
    ...openai,
    name: 'GPT-3.5 of March 2023',
    models: ['gpt-3.5-turbo-0301', 'gpt-35-turbo-0301'],
    providers: [],
    encoding: 'cl100k_base',
    perMessage: 5,
    perName: -1, // a name stood in the place of the role
  },
  {
    ...openai,
    name: 'GPT-4o and later',
    models: [
      ...['gpt-4o', 'gpt-4.1', 'gpt-4.5', 'gpt-5', 'gpt-6', 'gpt-oss', 'chatgpt-4o'],
      ...['o1', 'o3', 'o4', 'codex-mini', 'computer-use-preview'],
    ],
    providers: ['openai', 'azure', 'azure_ai', 'azureopenai'],
    encoding: 'o200k_base',
  },
  {
    ...openai,
    name: 'GPT-4 and GPT-3.5',
    models: ['gpt-4', 'gpt-3.5', 'gpt-35'],
    providers: [],
    encoding: 'cl100k_base',
  },
  newClaude,
  oldClaude,
  {
    name: 'Gemini and Gemma',
    models: ['gemini', 'gemma'],
    providers: ['gemini', 'google', 'vertex_ai', 'vertex_ai_beta'],
    rules: 'gemini',
    encoding: 'o200k_base',
    factor: 1.06,
    perRequest: 0,
    perMessage: 1,
    perName: 0,
    error:
      'Within 7 % for English, German, French, Arabic, code and JSON; 15 % too high for Russian and Korean, 20 to 26 % for Hindi, Chinese and Thai, 55 % for Japanese; tools within 10 %.',
    source:
      "Gemma 3's tokenizer, which is Gemini's, measured beside o200k_base in thirteen kinds of text; Google's counting endpoint: 1.06 for text, 1.11 for JSON (tensorzero.com, April 2026).",
  },
  {
    ...openWeights,
    name: 'Llama 3 and 4',
    models: ['llama', 'meta-llama'],
    providers: ['meta', 'meta_llama'],
    error:
      'Within 6 % for English, Chinese, Korean, code and JSON; 10 to 20 % too low for German, French, Russian, Arabic and Thai, 43 % for Hindi; 17 % too high for Japanese.',
    source:
      "Llama 3.1's tokenizer measured beside o200k_base in thirteen kinds of text; Llama 4's is assumed to be alike.",
  },
  {
    ...openWeights,
    name: 'Qwen',
    models: ['qwen', 'qwq', 'qvq'],
    providers: ['qwen', 'dashscope', 'alibaba'],
    error:
      'Within 6 % for English, code and JSON; 7 to 24 % too low for German, French, Russian, Arabic, Korean and Thai, 69 % for Hindi; 24 % too high for Japanese, 39 % for Chinese.',
    source: "Qwen 3's tokenizer measured beside o200k_base in thirteen kinds of text.",
  },
  {
    ...openWeights,
    name: 'DeepSeek',
    models: ['deepseek'],
    providers: ['deepseek'],
    error:
      'Within 5 % for English, Thai, code and JSON; 8 to 16 % too low for German, French, Russian, Arabic and Korean, 50 % for Hindi; 24 % too high for Japanese, 42 % for Chinese.',
    source: "DeepSeek V3's tokenizer measured beside o200k_base in thirteen kinds of text.",
  },
  {
    ...openWeights,
    name: 'Mistral',
    models: [
      ...['mistral', 'open-mistral', 'mixtral', 'open-mixtral', 'ministral', 'magistral', 'codestral', 'devstral'],
      ...['pixtral', 'voxtral'],
    ],
    providers: ['mistral', 'codestral'],
    factor: 1.1,
    error: 'Not measured: perhaps 20 %, more for models before the tokenizer Tekken.',
    source:
      'Mistral, "Mistral NeMo": a vocabulary of 131 000, 30 % fewer tokens than its own before it, about as many as Llama 3.',
  },
  {
    ...openWeights,
    name: 'Grok',
    models: ['grok'],
    providers: ['xai'],
    factor: 1.1,
    error: 'Not measured: perhaps 20 %.',
    source: 'xAI publishes a vocabulary of 131 072 for Grok 1 and 2, and a counting endpoint, but no numbers.',
  },
];
