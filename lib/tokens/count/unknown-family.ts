import { openaiMessages } from './openai-messages';
import type { TokenFamily } from './token-family';

/** Models whose name says nothing: counted as OpenAI's newest. */
export const unknownFamily: TokenFamily = {
  ...openaiMessages,
  name: 'other models',
  models: [],
  providers: [],
  rules: 'openai',
  encoding: 'o200k_base',
  factor: 1,
  error: 'Not known; English, code and JSON are seldom more than 25 % off.',
  source:
    'Most tokenizers of these years have vocabularies of 100 000 to 260 000 entries, and are near each other in English.',
};
