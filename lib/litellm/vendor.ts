import type { Either } from 'fp-ts/Either';
import type { HostedOptions } from '../provider/openai/hosted';
import type { LocalOptions } from '../provider/openai/local';
import type { Provider } from '../provider/provider';

/** A vendor as LiteLLM knows it, and who speaks to it here. */
export type Vendor = (
  | {
      readonly kind: 'hosted';
      /** `maxTokens`: the longest answer to a request that does not say, for those who must be told one. */
      readonly make: (options: HostedOptions & { readonly maxTokens?: number | undefined }) => Provider;
    }
  | { readonly kind: 'local'; readonly make: (options: LocalOptions) => Provider }
) & {
  /** Where LiteLLM looks for a key when none is given: the first variable that is set. */
  readonly keys: readonly string[];
  /** The same for the address. */
  readonly bases: readonly string[];
  /** Why it cannot be asked without an address. */
  readonly needsBase?: string;
  /** LiteLLM's `api_base` as the provider's `baseURL`, or why it cannot be one. Default: as it stands. */
  readonly base?: (apiBase: string) => Either<string, string>;
  /** LiteLLM's name of a model as the vendor's. Default: as it stands. */
  readonly named?: (model: string) => string;
};
