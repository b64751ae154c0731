import type { Either } from 'fp-ts/Either';
import type { BodyProblem } from '../../transport/transport';
import { TokenizerProblem } from './tokenizer-problem';

/**
 * The value of a tokenizer's file. Throws a `TokenizerProblem` that names the file where it is no JSON.
 *
 * @param remedy what would help when it is broken
 */
export function tokenizerJson(file: string, body: Either<BodyProblem, unknown>, remedy: string): unknown {
  if (body._tag === 'Right') return body.right;
  const { kind, text } = body.left;
  if (text.startsWith('version https://git-lfs')) {
    throw new TokenizerProblem(`${file} is only a pointer of Git LFS`, 'run git lfs pull in its repository');
  }
  throw new TokenizerProblem(`${file} ${sentences[kind]}`, remedy);
}

const sentences: Readonly<Record<BodyProblem['kind'], string>> = {
  empty: 'is empty',
  'not-json': 'is broken or no JSON',
  'too-deep': 'is nested too deeply',
  'forbidden-key': 'has a key that could change a prototype',
};
