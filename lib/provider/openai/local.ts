import type { ObservableInput } from 'rxjs';
import { knownOptions } from '../../domain/known-options';
import { checkedBaseURL } from '../checked-base-url';
import type { OpenAIDialect } from './openai-dialect';
import { openAIServer } from './openai-server';
import type { Provider } from '../provider';

/** A model on a server of one's own. */
export interface LocalOptions {
  /** The server's name of the model. */
  readonly model: string;
  /** When the server wants one: a key, or a function asked before each attempt. Absent: no `authorization` is sent. */
  readonly apiKey?: string | (() => ObservableInput<string> & object) | undefined;
  /** Up to and with `/v1`. Default: this machine, and the port that the server takes unless told otherwise. */
  readonly baseURL?: string | undefined;
  /** Sent with every call; they outdo ours. Kept as secret as the key. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A vendor, or a kind of server, that speaks OpenAI's chat completions. */
export interface KnownServer {
  readonly name: string;
  /** Where it is, unless told otherwise. */
  readonly address: string;
  readonly dialect?: OpenAIDialect;
}

/** The provider of such a model. */
export function local({ name, address, dialect = {} }: KnownServer, options: LocalOptions): Provider {
  knownOptions(name, options, ['model', 'apiKey', 'baseURL', 'headers']); // by a misspelt baseURL all would go to the vendor
  const { model, apiKey, baseURL = address, headers } = options;
  const url = `${checkedBaseURL(name, baseURL)}/chat/completions`;
  return openAIServer({ name, model, apiKey, headers, url, dialect });
}
