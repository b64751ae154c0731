/** What a tokenizer is made from, as parsed JSON from a stranger. */
export interface TokenizerFiles {
  /** `tokenizer.json`. */
  readonly tokenizer: unknown;
  /** `tokenizer_config.json`; `{}` where there is none. */
  readonly config: unknown;
}
