import type { Observable } from 'rxjs';
import type { Completion } from '../../lib/domain/completion';
import { allOf } from '../support/all-of';
import { understood, type Understood } from './understood';

/** What our client understood of the one answer that it gives. */
export async function understoodIn(completion$: Observable<Completion>): Promise<Understood> {
  const [completion, ...more] = await allOf(completion$);
  if (completion === undefined || more.length > 0) throw new Error('not one answer');
  return understood(completion);
}
