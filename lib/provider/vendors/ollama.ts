import { local, type KnownServer, type LocalOptions } from '../openai/local';
import type { Provider } from '../provider';

// docs.ollama.com/api/openai-compatibility, and `ChatCompletionRequest` in Ollama's openai.go: what is not there is
// ignored without a word, and so are messages of the role `developer`.
const server: KnownServer = {
  name: 'ollama',
  address: 'http://localhost:11434/v1',
  dialect: {
    renamed: { max_completion_tokens: 'max_tokens' },
    unsupported: { n: 1, logit_bias: undefined, tool_choice: 'auto' },
    developer: false,
  },
};

/**
 * Models served by Ollama. `max_completion_tokens` is sent as `max_tokens`, the role `developer` as `system`; more
 * than one choice, `logit_bias` and a `tool_choice` other than `auto` are refused: Ollama would ignore them.
 *
 * @example ollama({ model: 'llama3.2' })
 */
export function ollama(options: LocalOptions): Provider {
  return local(server, options);
}
