import type { ObservableInput } from 'rxjs';
import type { AxiosInstance } from '../transport/axios-instance';
import type { Transport } from '../transport/transport';
import type { EncodingName } from './encoding';

export interface CreateTokenizerOptions {
  /** The encoding that stands in when the tokenizer cannot be had. Default `'o200k_base'`, that of OpenAI's models since GPT-4o. */
  readonly fallback?: EncodingName | undefined;
  /** Branch, tag or commit of the hub's repository. Default `'main'`, the hub's own. */
  readonly revision?: string | undefined;
  /**
   * Access token of the hub, or a function that gives it when the hub is to be asked. It goes to the hub and to no host that the hub
   * redirects to. The environment is not read.
   */
  readonly token?: string | (() => ObservableInput<string> & object) | undefined;
  /**
   * Where to look: `'folder'`, `'package'`, `'hub'` (https://huggingface.co), or the http(s) address of another hub. Default: an id that
   * begins with `/`, `./` or `../` is a folder, one that begins with `@` a package, one with a `/` is the hub's, and one without is an
   * installed package that has a `tokenizer.json`, else the hub's.
   */
  readonly source?: string | undefined;
  /** Never ask the network: folders, packages, and what has been loaded before. Default false. */
  readonly offline?: boolean | undefined;
  /** How the hub is asked: an axios with its proxy and interceptors, or a transport, whose own limit holds in place of `maxBytes`. Default: one of its own. */
  readonly transport?: Transport | AxiosInstance | undefined;
  /** For the token and all of the download (ms); Infinity: no limit. Default 30 000: 33 MB, the largest file in use (Gemma 3's), at 10 Mbit/s. */
  readonly timeoutMs?: number | undefined;
  /** Of one file, decompressed. Default 64 MiB, what a transport reads at most unless told otherwise: twice the largest file in use. */
  readonly maxBytes?: number | undefined;
  /** For how long a failure answers for equal calls (ms); 0: not at all. Default 300 000: the window of the hub's rate limits. */
  readonly failureTtlMs?: number | undefined;
  /** Monotonic clock (ms), for `failureTtlMs`. Default `performance.now`. */
  readonly now?: (() => number) | undefined;
}
