import { defer, from, map, shareReplay, type Observable } from 'rxjs';
import type { Tokenizer } from './tokenizer';

/** The encodings of OpenAI's models (tiktoken). */
export type EncodingName = 'o200k_base' | 'cl100k_base';

const asText = { disallowedSpecial: new Set<string>() };

const loaded: Record<EncodingName, Observable<Tokenizer>> = {
  o200k_base: loading('o200k_base', () => import('gpt-tokenizer/encoding/o200k_base')),
  cl100k_base: loading('cl100k_base', () => import('gpt-tokenizer/encoding/cl100k_base')),
};

/** An encoding, loaded when it is first subscribed to, and once. Emits it and completes; errors when the package is not there. */
export function encoding(name: EncodingName): Observable<Tokenizer> {
  return loaded[name];
}

function loading(
  id: EncodingName,
  load: () => Promise<typeof import('gpt-tokenizer/encoding/o200k_base')>,
): Observable<Tokenizer> {
  return defer(() => from(load())).pipe(
    map(({ encode, decode, countTokens }) => ({
      id,
      encode: (text: string) => encode(text, asText),
      decode: (tokens: readonly number[]) => decode(tokens),
      count: (text: string) => countTokens(text, asText),
    })),
    shareReplay(1),
  );
}
