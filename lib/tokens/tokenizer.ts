/** Turns text into tokens and back. */
export interface Tokenizer {
  /** What it was asked for: a Hugging Face id, a folder, a package; or an encoding's name. */
  readonly id: string;
  /**
   * The tokens of the text alone. A special token in it (`<|endoftext|>`) is text to an encoding, and one token to a tokenizer of Hugging
   * Face's that lists it.
   */
  readonly encode: (text: string) => readonly number[];
  readonly decode: (tokens: readonly number[]) => string;
  readonly count: (text: string) => number;
  /** That it is the encoding to fall back to, and why, in one line. */
  readonly fallback?: { readonly reason: string };
}
