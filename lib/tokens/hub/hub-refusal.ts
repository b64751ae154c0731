import type { Reply } from '../../transport/transport';
import { TokenizerProblem } from '../load/tokenizer-problem';

/** What a status of the hub means, and the code it gives for it. */
export function hubRefusal({ status, headers }: Reply, file: string, hasToken: boolean): TokenizerProblem {
  const [problem, remedy] = sentence(status, headers['x-error-code'], file, hasToken);
  return new TokenizerProblem(`${problem} (status ${String(status)})`, remedy);
}

function sentence(
  status: number,
  code: string | undefined,
  file: string,
  hasToken: boolean,
): readonly [problem: string, remedy: string] {
  if (code === 'GatedRepo') {
    return ['access to the repository is gated', 'accept its terms on the hub, and pass a token that may read it'];
  }
  if (code === 'RevisionNotFound') return ['the repository has no such revision', 'check the revision'];
  if (code === 'EntryNotFound') return [`the repository has no ${file}`, 'use a repository that has one'];
  switch (status) {
    case 401:
      return hasToken
        ? ['the hub refused the token', 'check the token, and the id']
        : [
            'the repository is private or gated, or there is none',
            'check the id (a folder begins with ./ or /), or pass a token that may read it',
          ];
    case 403:
      return ['the hub denies access to the repository', 'ask for access on its page, or pass a token that has it'];
    case 404:
      return [
        `the hub has no such repository, revision or ${file}`,
        'check the id and the revision (a folder begins with ./ or /)',
      ];
    case 429:
      return ['the hub limits the rate of calls', hasToken ? 'try again later' : 'try again later, or pass a token'];
    default:
      return status >= 500
        ? ['the hub failed', 'try again later']
        : ['the hub gave an unexpected answer', 'check the source'];
  }
}
