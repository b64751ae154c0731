import { left, right, type Either } from 'fp-ts/Either';
import { completionError, type CompletionError } from './domain/error';
import type { Group } from './plan/group';
import type { Target } from './plan/target';

/** Whom a name asks; absent: the default group. */
export function routerNames(
  groups: ReadonlyMap<string, Group>,
  defaultGroup: string | undefined,
): (name: string | undefined) => Either<CompletionError, Target> {
  return (model) => {
    const name = model ?? defaultGroup;
    const group = name === undefined ? undefined : groups.get(name);
    return group === undefined ? left(unknownGroup(name, [...groups.keys()])) : right({ group });
  };
}

function unknownGroup(name: string | undefined, groups: readonly string[]): CompletionError {
  const problem =
    name === undefined ? 'model is missing and there is no defaultModel' : `model: no group '${short(name)}'`;
  const message = `the request was not sent: ${problem}; groups are ${groups.join(', ')}`;
  return completionError({ _tag: 'BadRequest', param: 'model', message });
}

/** A name of a hundred characters is a mistake, perhaps a whole prompt. */
function short(name: string): string {
  return name.length > 100 ? `${name.slice(0, 40)}…` : name;
}
