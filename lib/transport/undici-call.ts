import { AxiosError, CanceledError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import type { Agent } from 'undici';
import type { Connector } from './connector';
import { dispatchOptions } from './dispatch-options';
import { replyCollector, type RawReply } from './reply-collector';
import { settleResponse } from './settle-response';
import { undiciFailure } from './undici-failure';
import { whenFree } from './when-free';

type Config = InternalAxiosRequestConfig;

/** One call of axios over undici. Resolves and rejects as axios's http adapter does, with the same codes. */
export function undiciCall(config: Config, agent: Agent, { socketOf }: Connector): Promise<AxiosResponse> {
  const { signal, maxContentLength = -1 } = config;
  return new Promise((resolve, reject) => {
    const options = dispatchOptions(config);
    const cancel = (): void => {
      if (!abort()) socket?.destroy(new Error('aborted'));
      reject(new CanceledError(undefined, config));
    };
    const { handler, abort } = replyCollector({
      maxBytes: maxContentLength > -1 ? maxContentLength : Infinity,
      decompress: config.decompress !== false,
      ended: () => signal?.removeEventListener?.('abort', cancel) as unknown,
      done: (reply) => {
        whenFree(() => {
          settleResponse(responseOf(reply, config), resolve, reject);
        });
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
    const socket = socketOf(() => agent.dispatch(options, handler));
  });
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
