import { completionError, type CompletionErrorOf } from '../domain/error';

/**
 * A function that was handed to the router threw. What was thrown may quote a prompt, so only its kind and its place are told.
 *
 * @param where e.g. `toCall of the provider 'mine'`
 */
export function defect(where: string, thrown: unknown): CompletionErrorOf<'Defect'> {
  const kind = thrown instanceof Error ? thrown.constructor.name : typeof thrown;
  const frame = thrown instanceof Error ? /\n\s*(at .+)/.exec(thrown.stack ?? '')?.[1] : undefined;
  return completionError({
    _tag: 'Defect',
    message: `${where} threw a ${kind}${frame === undefined ? '' : ` ${frame}`}`,
  });
}
