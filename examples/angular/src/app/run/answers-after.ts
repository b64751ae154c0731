import { text, type ParallelResult, type StreamedEvent } from 'rx-fanout';
import type { Answer } from './answer';

/**
 * The answers once these events have happened too, in the order in which they were first heard of.
 * A batch costs one copy of the list, so that a thousand tokens a second do not make a thousand lists.
 */
export function answersAfter(answers: readonly Answer[], events: readonly StreamedEvent<string>[]): readonly Answer[] {
  const after = [...answers];
  const places = new Map(after.map(({ index }, place) => [index, place]));
  for (const event of events) {
    const place = places.get(event.index) ?? after.length;
    places.set(event.index, place);
    after[place] = answerAfter(after[place] ?? silent(event), event);
  }
  return after;
}

function silent({ index, request }: StreamedEvent<string>): Answer {
  return { index, prompt: request, state: 'streaming', text: '', calls: 0 };
}

function answerAfter(answer: Answer, event: StreamedEvent<string>): Answer {
  switch (event.type) {
    case 'start':
      return answer;
    case 'chunk':
      return { ...answer, text: answer.text + (event.chunk.choices[0]?.delta.content ?? '') };
    case 'restart':
      return { ...answer, text: '' };
    case 'result':
      return ended(answer, event.result);
  }
}

function ended(answer: Answer, { outcome, attempts, deployment, timing, usage }: ParallelResult<string>): Answer {
  const facts = {
    calls: attempts.length,
    elapsedMs: timing.elapsedMs,
    tokens: usage.totalTokens,
    ...(deployment === undefined ? {} : { deployment }),
  };
  return outcome._tag === 'Right'
    ? { ...answer, ...facts, state: 'answered', text: text(outcome.right) }
    : { ...answer, ...facts, state: 'failed', problem: `${outcome.left._tag}: ${outcome.left.message}` };
}
