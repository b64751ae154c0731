import type { Fields } from './fields';

/** One entry of `model_list`, in its three parts. */
export interface Entry {
  readonly whole: Fields;
  readonly params: Fields;
  readonly info: Fields;
}
