import { AxiosError, CanceledError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import type { Agent, Dispatcher } from 'undici';
import type { Connector } from './connector';
import { replyCollector, type RawReply } from './reply-collector';
import { requestHeaders } from './request-headers';
import { settleResponse } from './settle-response';
import { undiciFailure } from './undici-failure';

type Config = InternalAxiosRequestConfig;

/** One call of axios over undici. Resolves and rejects as axios's http adapter does, with the same codes. */
export function undiciCall(config: Config, agent: Agent, { socketOf }: Connector): Promise<AxiosResponse> {
  const { signal, maxContentLength = -1, maxBodyLength = -1 } = config;
  const body = (config.data ?? null) as string | Buffer | null; // `needsHttpAdapter` lets no other kind through
  return new Promise((resolve, reject) => {
    if (maxBodyLength > -1 && Buffer.byteLength(body ?? '') > maxBodyLength) {
      reject(new AxiosError('Request body larger than maxBodyLength limit', AxiosError.ERR_BAD_REQUEST, config));
      return;
    }
    const cancel = (): void => {
      if (!abort()) socket?.destroy(new Error('aborted'));
      reject(new CanceledError(undefined, config));
    };
    const { handler, abort } = replyCollector({
      maxBytes: maxContentLength > -1 ? maxContentLength : Infinity,
      decompress: config.decompress !== false,
      ended: () => signal?.removeEventListener?.('abort', cancel) as unknown,
      done: (reply) => {
        settleResponse(responseOf(reply, config), resolve, reject);
      },
      failed: (error) => {
        reject(undiciFailure(error, config));
      },
      tooLarge: () => {
        const message = `maxContentLength size of ${String(maxContentLength)} exceeded`;
        reject(new AxiosError(message, AxiosError.ERR_BAD_RESPONSE, config));
      },
    });
    signal?.addEventListener?.('abort', cancel, { once: true });
    const socket = socketOf(() => agent.dispatch(dispatchOptions(config, body), handler));
  });
}

/** Without a prototype: undici would read options that are absent here from a polluted one. */
function dispatchOptions(config: Config, body: string | Buffer | null): Dispatcher.DispatchOptions {
  const { origin, pathname, search } = new URL(config.url ?? '');
  const method = (config.method ?? 'get').toUpperCase();
  const headers = requestHeaders(config);
  return Object.assign(Object.create(null) as object, { origin, path: pathname + search, method, headers, body });
}

function responseOf({ status, statusText, headers, body }: RawReply, config: Config): AxiosResponse<unknown> {
  return { status, statusText, headers: headers as AxiosResponse['headers'], data: dataOf(body, config), config };
}

/** Text without its byte order mark, whether JSON is asked for or not: axios parses that itself. */
function dataOf(body: Buffer, { responseType }: Config): string | Buffer {
  if (responseType === 'arraybuffer') return body;
  const text = body.toString();
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
