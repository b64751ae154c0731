import type { InternalAxiosRequestConfig } from 'axios';
import type { Agent } from 'undici';
import type { Connector } from './connector';
import { dispatchOptions } from './dispatch-options';
import { plainHeaders } from './plain-headers';
import { replyReader } from './reply-reader';
import type { SendInto } from './reply-sink';
import { undiciFailure } from './undici-failure';
import { whenFree } from './when-free';

/** One call over undici whose body is read as it comes: no stream of Node's is made, which would cost as much as all the rest. */
export function undiciSend(config: InternalAxiosRequestConfig, agent: Agent, { socketOf }: Connector): SendInto {
  return (sink) => {
    const options = dispatchOptions(config);
    const { handler, valve, abort } = replyReader({
      decompress: config.decompress !== false,
      head: ({ status, headers }) => {
        sink.head({ status, headers: plainHeaders(headers) }, valve);
      },
      data: sink.data,
      end: () => {
        whenFree(sink.end);
      },
      failed: (error) => {
        sink.failed(undiciFailure(error, config));
      },
    });
    const socket = socketOf(() => agent.dispatch(options, handler));
    return () => {
      if (!abort()) socket?.destroy(new Error('aborted'));
    };
  };
}
