import { left, right, type Either } from 'fp-ts/Either';
import { completionError, type CompletionError } from '../domain/error';
import type { CompletionRequest } from '../domain/request';
import type { Target } from '../plan/target';
import type { Course } from './next-group';

/** Whom the request itself names for when its group has failed, or `BadRequest` for a name that is nobody's. */
export function ownFallbacks(
  { routing }: CompletionRequest,
  resolve: (name: string) => Either<CompletionError, Target>,
): Either<CompletionError, Course['own']> {
  const names = routing?.fallbacks;
  if (names === undefined || names === false) return right(names);
  const targets: Target[] = [];
  for (const [i, name] of names.entries()) {
    const target = resolve(name);
    if (target._tag === 'Left') return left(misnamed(`routing.fallbacks[${String(i)}]`, target.left));
    targets.push(target.right);
  }
  return right(targets);
}

function misnamed(param: string, { message }: CompletionError): CompletionError {
  return completionError({ _tag: 'BadRequest', param, message: `${param}: ${message}` });
}
