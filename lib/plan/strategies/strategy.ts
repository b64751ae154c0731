import type { CompletionRequest } from '../../domain/request';
import type { Candidate } from './candidate';

/**
 * Which of the deployments that could take a request now is asked: the one with the fewest calls under way (`'least-busy'`), the fastest
 * of late (`'latency'`), the one that has used the smallest share of its minute's tokens (`'usage'`), the cheapest for this request
 * (`'cost'`), the lowest `order` (`'priority-order'`); any of them (`'simple-shuffle'`). Of equals one by weight.
 *
 * Or a function that returns one of the candidates: it is asked as often as the router looks, which may be more than once a call, and
 * must do nothing else. What it throws, or a stranger that it returns, is a `Defect` of that request alone.
 */
export type Strategy =
  | 'simple-shuffle'
  | 'least-busy'
  | 'latency'
  | 'usage'
  | 'cost'
  | 'priority-order'
  | ((candidates: readonly Candidate[], request: CompletionRequest) => Candidate);
