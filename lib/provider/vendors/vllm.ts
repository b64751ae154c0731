import { local, type KnownServer, type LocalOptions } from '../openai/local';
import type { Provider } from '../provider';

const server: KnownServer = { name: 'vllm', address: 'http://localhost:8000/v1' };

/**
 * Models served by vLLM. Its own fields (`top_k`, `guided_json`, `chat_template_kwargs` …) can be given in a request
 * as they are.
 *
 * @example vllm({ model: 'Qwen/Qwen3-8B' })
 */
export function vllm(options: LocalOptions): Provider {
  return local(server, options);
}
