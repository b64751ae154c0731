import type { AxiosResponse } from 'axios';
import { axiosReply } from './axios-reply';
import { brokenBody } from './broken-body';
import type { Caps } from './caps';
import { plainHeaders } from './plain-headers';
import { rejectedResponse } from './rejected-response';
import type { SendInto } from './reply-sink';
import { responseBody, type ResponseBody } from './response-body';

export interface AxiosSendOptions {
  /** Asks axios for a stream. */
  readonly ask: () => Promise<AxiosResponse<unknown>>;
  readonly abort: () => void;
  readonly caps: Caps;
}

/** One call over somebody's axios, or over its fetch adapter, whose body is read as it comes. */
export function axiosSend({ ask, abort, caps }: AxiosSendOptions): SendInto {
  return (sink) => {
    let body: ResponseBody | undefined;
    let isOver = false;
    const send = async (): Promise<void> => {
      const response = await ask().catch(rejectedResponse);
      body = responseBody(response.data);
      if (isOver) body?.destroy();
      else if (body === undefined) sink.whole(axiosReply(response, caps));
      else {
        sink.head({ status: response.status, headers: plainHeaders(response.headers) }, body.valve);
        body.start({
          ...sink,
          failed: (error) => {
            sink.failed(brokenBody(error));
          },
        });
      }
    };
    send().catch(sink.failed);
    return () => {
      isOver = true;
      abort(); // some adapters read on until they are told, whatever becomes of their stream
      body?.destroy();
    };
  };
}
