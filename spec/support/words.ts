import { map, type OperatorFunction } from 'rxjs';
import type { Completion } from '../../lib/domain/completion';
import type { CompletionError } from '../../lib/domain/error';
import type { FanoutResult } from '../../lib/domain/result';
import { brief } from './brief';

/** Rows in a word each, for marbles. */
export function words(): OperatorFunction<FanoutResult<unknown, Completion, CompletionError>, string> {
  return map(brief);
}
