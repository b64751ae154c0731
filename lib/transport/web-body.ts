import type { ResponseBody } from './response-body';

/** A body that is a stream of the web's. While it is paused nothing is asked for; what was asked for before still comes. */
export function webBody(stream: ReadableStream<Uint8Array>): ResponseBody {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let isPaused = false;
  let read = (): void => undefined;
  return {
    valve: {
      pause: () => {
        isPaused = true;
      },
      resume: () => {
        isPaused = false;
        read();
      },
    },
    start: ({ data, end, failed }) => {
      const own = stream.getReader();
      reader = own;
      let isReading = false;
      const readOn = async (): Promise<void> => {
        isReading = true;
        while (!isPaused) {
          const { done, value } = await own.read();
          if (done) {
            end();
            return;
          }
          data(value);
        }
        isReading = false;
      };
      read = () => {
        if (!isReading) readOn().catch(failed);
      };
      read();
    },
    destroy: () => {
      (reader ?? stream).cancel().catch(() => undefined); // it may have failed already
    },
  };
}
