import { catchError, defer, EMPTY, identity, map, of, reduce, throwError, timer, type Observable } from 'rxjs';
import { accumulator, type Accumulator } from '../domain/accumulator';
import type { Completion } from '../domain/completion';
import { completionError, isCompletionError, type TimeoutPhase } from '../domain/error';
import { hasContent } from '../domain/has-content';
import { interruptedBy } from '../rx/interrupted-by';
import { longestTimerMs } from '../rx/longest-timer';
import { within } from '../rx/within';
import type { Endpoint } from './call';
import { chunks$ } from './chunks';
import { heldBack } from './held-back';
import type { InformedBy } from './informed';
import type { Journey } from './journey';
import type { Leg } from './leg';
import { seamless } from './seamless';
import type { Order } from './sent';

interface StreamedCall {
  readonly leg: Leg;
  /** To the first content (ms). */
  readonly firstMs: number;
  /** Between chunks (ms). */
  readonly chunkMs: number;
  /** To the request's deadline (ms). */
  readonly leftMs: number;
}

const neverPaused$ = of(false);

/**
 * One streamed call: its listener, if any, hears each chunk from the first content on; then it emits the answer that they make up,
 * once. Errors after the clock that runs out first, unless every choice has come to its end by then: the answer is whole.
 */
export function streamed$(
  endpoint: Endpoint,
  order: Order,
  journey: Journey,
  { leg, firstMs, chunkMs, leftMs }: StreamedCall,
  context: InformedBy & { readonly now: () => number },
): Observable<Completion> {
  return defer(() => {
    const { continuation: before } = journey;
    const { listener } = journey.asked;
    const whole = accumulator();
    if (before !== undefined) whole.add(before.heard);
    const { length } = whole.text();
    let isSilent = true;

    const begin = (): void => {
      isSilent = false;
      leg.spoke?.();
      leg.contentAt = context.now();
      leg.text = () => whole.text().slice(length);
      journey.firstContentAt ??= leg.contentAt;
      if (journey.said !== undefined && before === undefined) listener?.restart();
      journey.said = whole;
    };
    const paused$ = listener?.flow?.paused$ ?? neverPaused$;
    return chunks$(endpoint, order, context, listener?.flow).pipe(
      before === undefined ? identity : seamless(before.cut),
      heldBack(),
      within({ firstMs, eachMs: chunkMs, paused$, now: context.now }, (isFirst) =>
        late(isFirst ? 'firstChunk' : 'chunk'),
      ),
      leftMs === Infinity ? identity : interruptedBy(timer(Math.min(leftMs, longestTimerMs)), () => late('total')),
      catchError((error: unknown) => (isLate(error) && whole.isFinished() ? EMPTY : throwError(() => error))),
      reduce((heard, batch) => {
        for (const chunk of batch) heard.add(chunk);
        if (isSilent) {
          if (!batch.some(hasContent)) answerIn(heard); // held back to the end: what is no answer is heard by nobody
          begin();
        }
        if (listener !== undefined) for (const chunk of batch) listener.hear(chunk);
        return heard;
      }, whole),
      map(answerIn),
    );
  });
}

function late(phase: TimeoutPhase): Error {
  return completionError({ _tag: 'Timeout', phase });
}

function isLate(error: unknown): boolean {
  return isCompletionError(error) && error._tag === 'Timeout';
}

/** When a filter has taken everything there is no answer, as with a whole reply. */
function answerIn(whole: Accumulator): Completion {
  const completion = whole.completion();
  if (completion === undefined)
    throw completionError({ _tag: 'InvalidResponse', detail: 'The stream held no choice.' });
  const isFiltered = completion.choices.every(
    ({ message: { role: _, content, ...said }, finish_reason: reason }) =>
      reason === 'content_filter' && (content === null || content === '') && Object.keys(said).length === 0,
  );
  if (isFiltered) throw completionError({ _tag: 'ContentPolicyViolation', code: 'content_filter' });
  return completion;
}
