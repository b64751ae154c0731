export { encoding, type EncodingName } from './encoding';
export type { Tokenizer } from './tokenizer';
