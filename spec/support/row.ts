import { type Either, left, right } from 'fp-ts/Either';
import type { FanoutResult } from '../../lib/domain/result';

/** A row whose request is its index; `!reason` stands for a failure. */
export function row(index: number, answer: string, elapsedMs = 0): FanoutResult<number, string, string> {
  const outcome: Either<string, string> = answer.startsWith('!') ? left(answer.slice(1)) : right(answer);
  return { index, request: index, outcome, timing: { queuedMs: 0, elapsedMs } };
}
