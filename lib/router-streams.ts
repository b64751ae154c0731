import { defer, identity, map, merge, NEVER, Subject, tap, type Observable } from 'rxjs';
import type { Answer } from './attempt/answer';
import type { Listener } from './attempt/listener';
import { optionsObject } from './domain/options-object';
import type { ParallelResult } from './domain/result';
import type { StreamedEvent } from './domain/streamed-event';
import { fanOut } from './fan-out';
import type { FanOutWork } from './fan-out-work';
import type { StreamRunOptions } from './parallel-router';
import { routerSettings } from './router-settings';
import type { RouterState } from './router-state';
import { routerWork, type Item } from './router-work';
import { alongside } from './rx/alongside';
import { paced, paceOf } from './rx/paced';
import { reading } from './rx/reading';
import { inputKind } from './rx/source/input-kind';
import type { Requests } from './rx/source/to-source';

/**
 * Many streamed answers as one stream: the rows of `parallel$`, and what is heard of each answer before its row is there. The chunks
 * come past the lanes, for a lane has but one row to give. A reader who can be waited for holds the sockets by chunks that he has not
 * read, and the lanes by rows.
 */
export function routerStreams<Req extends Item>(
  requests: Requests<Req>,
  state: RouterState,
  options: StreamRunOptions,
  onBreak: Listener['onBreak'] = state.context.onStreamBreak,
): Observable<StreamedEvent<Req>> {
  inputKind(requests);
  const settings = routerSettings(refuseRows(options), state);

  const startRun = (read$: Observable<unknown> | undefined): Observable<StreamedEvent<Req>> => {
    const heard = new Subject<StreamedEvent<Req>>();
    const reader = read$ === undefined ? undefined : reading();
    const listenerOf = (request: Req, index: number): Listener => ({
      hear: (chunk) => {
        heard.next({ index, request, type: 'chunk', chunk });
      },
      restart: () => {
        heard.next({ index, request, type: 'restart' });
      },
      onBreak,
      flow: reader,
    });
    const newWork = (): FanOutWork<Req, Answer, ParallelResult<Req>> => {
      const work = routerWork<Req>(state, options, listenerOf);
      return {
        ...work,
        taken: (request, index) => {
          heard.next({ index, request, type: 'start' });
        },
        // Who leaves at the start of a request has it not sent: its lane learns of that only when the request is under way.
        run: (request, index, context) => (heard.observed ? work.run(request, index, context) : NEVER),
      };
    };
    const rows$ = fanOut(requests, newWork, settings);
    const heldRows$ = reader === undefined ? rows$ : (paceOf(rows$)?.(reader.rowRead$) ?? rows$);
    const results$ = heldRows$.pipe(
      map((result) => ({ index: result.index, request: result.request, type: 'result' as const, result })),
      tap({
        complete: () => {
          heard.complete();
        },
      }),
    );
    return merge(heard, results$).pipe(
      reader === undefined
        ? identity
        : tap(({ type }) => {
            reader.emitted(type === 'result');
          }),
      reader === undefined || read$ === undefined ? identity : alongside(read$.pipe(tap(reader.read))),
    );
  };
  return paced((read$) => defer(() => startRun(read$)));
}

/** What is about rows would promise what a stream of chunks does not keep. */
function refuseRows(options: StreamRunOptions): StreamRunOptions {
  for (const [name, why] of Object.entries(meaningless)) {
    if (name in optionsObject('options', options) && options[name as keyof typeof options] !== undefined) {
      throw new TypeError(`${name} only means something for rows: ${why}, or use parallel$`);
    }
  }
  return options;
}

const meaningless: Readonly<Record<string, string>> = {
  order: 'a stream of chunks has none; sort by index',
  window: 'a stream of chunks has none; sort by index',
  dedupe: 'an answer that is shared has no chunks of its own; leave it out',
  output: 'chunks are heard before the answer can be decoded; leave it out',
};
