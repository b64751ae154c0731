import { headerProblem } from './header-problem';

/** What is wrong with a key, without the key; `undefined` when nothing is. */
export function keyProblem(key: unknown): string | undefined {
  const problem = headerProblem(key);
  return problem === undefined && String(key).includes(' ') ? 'holds a space' : problem;
}
