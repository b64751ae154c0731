import type { TokenFamily } from './token-family';

/** OpenAI's rule for messages: 3 a message and 1 for its role, 1 a name, 3 that prime the answer (cookbook, "How to count tokens with tiktoken"). */
export const openaiMessages: Pick<TokenFamily, 'perRequest' | 'perMessage' | 'perName'> = {
  perRequest: 3,
  perMessage: 4,
  perName: 1,
};
