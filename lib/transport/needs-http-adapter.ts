import type { InternalAxiosRequestConfig } from 'axios';

/** What axios's http adapter does when it is set, and the one over undici does not. */
const beyond = [
  'auth',
  'beforeRedirect',
  'cancelToken',
  'family',
  'httpAgent',
  'httpVersion',
  'httpsAgent',
  'insecureHTTPParser',
  'lookup',
  'maxRate',
  'onDownloadProgress',
  'onUploadProgress',
  'params',
  'responseEncoding',
  'socketPath',
  'timeout',
  'transport',
] as const;

const wholeUrl = /^https?:\/\/[^/?#@\\]+([/?]|$)/i;
const wholeReplies: readonly unknown[] = [undefined, 'text', 'json', 'arraybuffer'];

/** Whether a call wants more than a whole reply to a text from a plain address: redirects, a proxy (from the environment too), an agent, a stream, … */
export function needsHttpAdapter(config: InternalAxiosRequestConfig): boolean {
  const data: unknown = config.data;
  return (
    config.proxy !== false ||
    config.maxRedirects !== 0 ||
    !wholeReplies.includes(config.responseType) ||
    !(data === undefined || data === null || typeof data === 'string' || Buffer.isBuffer(data)) ||
    !wholeUrl.test(config.url ?? '') ||
    (config.allowAbsoluteUrls === false && Boolean(config.baseURL)) ||
    beyond.some((name) => Object.hasOwn(config, name) && Boolean(config[name]))
  );
}
