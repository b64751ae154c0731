import { local, type KnownServer, type LocalOptions } from '../openai/local';
import type { Provider } from '../provider';

// "'response_format.type' must be 'json_schema' or 'text'": lmstudio-ai/lmstudio-bug-tracker, issue 189.
const server: KnownServer = {
  name: 'lmStudio',
  address: 'http://localhost:1234/v1',
  dialect: {
    formats: ['text', 'json_schema'],
  },
};

/**
 * Models served by LM Studio. `json_object` is refused, `json_schema` is not: LM Studio does the same.
 *
 * @example lmStudio({ model: 'openai/gpt-oss-20b' })
 */
export function lmStudio(options: LocalOptions): Provider {
  return local(server, options);
}
