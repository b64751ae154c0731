import { Observable } from 'rxjs';
import type { CompletionError } from '../domain/error';
import type { BodyReader } from './body-reader';
import type { Caps } from './caps';
import { eventBody } from './event-body';
import { isEventStream } from './is-event-stream';
import type { ReplySink, SendInto, Valve } from './reply-sink';
import type { Flow, Reply } from './transport';
import { wholeBody } from './whole-body';

export interface BodyOptions {
  readonly caps: Caps;
  readonly flow: Flow | undefined;
  /** What `failed` of the sink was told, as a failure of ours. */
  readonly failure: (error: unknown) => CompletionError;
}

/**
 * The replies of a call with `stream`: one piece for each bytes that complete an event, or one whole reply where it is no event stream.
 * Completes and errors as a `Transport` does; cancelled, it destroys the socket at once, also while nothing comes.
 *
 * `new Observable` because a body can be held back: `from(stream)` asks for the next bytes whether or not there is room for them,
 * and unsubscribing from it does not reach a socket that is silent.
 */
export function body$(send: SendInto, { caps, flow, failure }: BodyOptions): Observable<Reply> {
  return new Observable<Reply>((subscriber) => {
    let reader: BodyReader | undefined;
    const failed = (error: unknown): void => {
      subscriber.error(failure(error));
    };
    const hold = ({ pause, resume }: Valve): void => {
      let isHeld = false;
      const next = (isPaused: boolean): void => {
        if (isPaused === isHeld) return;
        isHeld = isPaused;
        if (isPaused) pause();
        else resume();
      };
      subscriber.add(flow?.paused$.subscribe({ next, error: failed }));
    };
    const sink: ReplySink = {
      head: (head, valve) => {
        const isEvents = isEventStream(head);
        reader = isEvents ? eventBody(head, caps) : wholeBody(head, caps);
        if (isEvents) hold(valve);
      },
      data: (bytes) => {
        const { reply, problem, isEnough } = reader?.take(bytes) ?? {};
        if (reply !== undefined) subscriber.next(reply);
        if (problem !== undefined) subscriber.error(problem);
        else if (isEnough) subscriber.complete();
      },
      end: () => {
        const reply = reader?.end();
        if (reply !== undefined) subscriber.next(reply);
        subscriber.complete();
      },
      whole: (reply) => {
        subscriber.next(reply);
        subscriber.complete();
      },
      failed,
    };
    try {
      return send(sink);
    } catch (error) {
      failed(error);
      return undefined;
    }
  });
}
