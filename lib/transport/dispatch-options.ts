import { AxiosError, type InternalAxiosRequestConfig } from 'axios';
import type { Dispatcher } from 'undici';
import { requestHeaders } from './request-headers';

/**
 * What undici is to send for a call of axios; throws, as axios's http adapter does, when its body is over `maxBodyLength`.
 * Without a prototype: undici would read options that are absent here from a polluted one.
 */
export function dispatchOptions(config: InternalAxiosRequestConfig): Dispatcher.DispatchOptions {
  const body = (config.data ?? null) as string | Buffer | null; // `needsHttpAdapter` lets no other kind through
  const { maxBodyLength = -1 } = config;
  if (maxBodyLength > -1 && Buffer.byteLength(body ?? '') > maxBodyLength)
    throw new AxiosError('Request body larger than maxBodyLength limit', AxiosError.ERR_BAD_REQUEST, config);
  const { origin, pathname, search } = new URL(config.url ?? '');
  const method = (config.method ?? 'get').toUpperCase();
  const headers = requestHeaders(config);
  return Object.assign(Object.create(null) as object, { origin, path: pathname + search, method, headers, body });
}
