import { defer, map, shareReplay, type Observable } from 'rxjs';
import { byteDecoder, type Ranks } from './load/byte-decoder';
import type { Tokenizer } from './tokenizer';

/** The encodings of OpenAI's models (tiktoken). */
export type EncodingName = 'o200k_base' | 'cl100k_base';

const asText = { disallowedSpecial: new Set<string>() };

/** Pieces whose merging is remembered. The package's 100 000 keep whole prompts alive, and once they are full each new piece waits for an old one to go. */
const mergesKept = 1000;

/** Each import has its `catch` right there, so that a bundler lets the package be missing. */
const loaded: Record<EncodingName, Observable<Tokenizer>> = {
  o200k_base: loading('o200k_base', () => import('gpt-tokenizer/bpeRanks/o200k_base').catch(without('o200k_base'))),
  cl100k_base: loading('cl100k_base', () => import('gpt-tokenizer/bpeRanks/cl100k_base').catch(without('cl100k_base'))),
};

/**
 * An encoding of OpenAI's, loaded when it is first subscribed to, and once (some 0.1 s, in which nothing else runs). Emits it and completes;
 * errors when its package is not there, and is tried anew at the next subscription.
 *
 * It is tiktoken's to the token, but for U+0085 and U+FEFF: ECMAScript and Unicode differ on whether they are white space, and the package
 * has two tokens or three where tiktoken has one for a byte order mark. A lone surrogate is U+FFFD. `decode` throws for what is no token.
 */
export function encoding(name: EncodingName): Observable<Tokenizer> {
  return loaded[name];
}

function loading(id: EncodingName, ranksOf: () => Promise<{ readonly default: Ranks }>): Observable<Tokenizer> {
  return defer(() => Promise.all([import('gpt-tokenizer/GptEncoding').catch(without(id)), ranksOf()])).pipe(
    map(([{ GptEncoding }, { default: ranks }]) => {
      const own = GptEncoding.getEncodingApi(id, () => ranks); // the package's own one is everybody's, and so are its settings
      own.setMergeCacheSize(mergesKept);
      return {
        id,
        encode: (text: string) => own.encode(text, asText),
        decode: byteDecoder(ranks, (token) => own.decode([token])),
        count: (text: string) => own.countTokens(text, asText),
      };
    }),
    shareReplay({ bufferSize: 1, refCount: false }),
  );
}

function without(id: EncodingName): (cause: unknown) => never {
  return (cause) => {
    throw new Error(`${id} cannot be loaded without its package: npm install gpt-tokenizer`, { cause });
  };
}
