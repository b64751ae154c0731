import type { EncodingName } from '../encoding';

/** How the requests of some models are counted, and how good that is. Plain data, to be shown. */
export interface TokenFamily {
  readonly name: string;
  /** Beginnings of the models' names, without provider, in lower case; Claude's two families are told apart by the version. */
  readonly models: readonly string[];
  /** Providers whose other models are counted so, too. */
  readonly providers: readonly string[];
  /** Whose rules for tools, pictures and files hold. */
  readonly rules: 'openai' | 'anthropic' | 'gemini' | 'template';
  readonly encoding: EncodingName;
  /** Tokens of the family for a token of the encoding. */
  readonly factor: number;
  /** Tokens that stand around a request, whatever it says. */
  readonly perRequest: number;
  /** Tokens that stand around each message, its role included. */
  readonly perMessage: number;
  /** Tokens for a name beside those of the name itself. */
  readonly perName: number;
  /** How far a count may be from what is billed, in one sentence. */
  readonly error: string;
  /** Where the numbers come from, in one sentence. */
  readonly source: string;
}
