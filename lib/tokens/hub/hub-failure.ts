import { isCompletionError } from '../../domain/error';
import { kindOf } from '../load/kind-of';
import { TokenizerProblem } from '../load/tokenizer-problem';
import { checkSource } from './check-source';

/** What a transport failed with while the hub was asked, in words that fit it. Of what a user's own transport throws only the kind is told. */
export function hubFailure(error: unknown): TokenizerProblem {
  if (error instanceof TokenizerProblem) return error;
  if (!isCompletionError(error)) {
    return new TokenizerProblem(`the transport threw ${kindOf(error)}`, 'mend it');
  }
  if (error._tag === 'Connection') {
    const code = error.code === undefined ? '' : ` (${error.code})`;
    return new TokenizerProblem(
      `the hub cannot be reached, or broke off${code}`,
      "check the network, or use a folder, a package, or a mirror's address as source",
    );
  }
  if (error._tag === 'InvalidResponse') {
    const problem = error.message.replace('caps.bodyBytes', 'maxBytes'); // the same number, under the name it has here
    const isTooLarge = problem !== error.message;
    return new TokenizerProblem(problem, isTooLarge ? 'check the source, or allow more in maxBytes' : checkSource);
  }
  return new TokenizerProblem(`the transport failed with ${error._tag}`, 'check its configuration');
}
