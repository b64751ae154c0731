import { local, type KnownServer, type LocalOptions } from './local';
import type { Provider } from '../provider';

/** A model of a vendor that wants a key. */
export interface HostedOptions extends Pick<LocalOptions, 'headers'> {
  /** The vendor's name of the model. */
  readonly model: string;
  /** A key, or a function asked before each attempt (rotation, short-lived tokens). */
  readonly apiKey: NonNullable<LocalOptions['apiKey']>;
  /** Up to and with `/v1`. Default: the vendor's. */
  readonly baseURL?: string | undefined;
}

/** The provider of such a model. */
export function hosted(vendor: KnownServer, options: HostedOptions): Provider {
  const provider = local(vendor, options);
  if ((options.apiKey as unknown) === undefined) throw new TypeError(`${vendor.name}: apiKey is missing`);
  return provider;
}
