import { completionError, type CompletionErrorOf } from './error';

/**
 * A function that was handed to the router threw. What was thrown may quote a prompt or hold a key, so only its kind and
 * its place are told.
 *
 * @param where e.g. `the provider 'mine' or its transport`
 */
export function defect(where: string, thrown: unknown): CompletionErrorOf<'Defect'> {
  const kind = thrown instanceof Error ? thrown.constructor.name : typeof thrown;
  const place = thrown instanceof Error ? placeOf(thrown) : undefined;
  return completionError({
    _tag: 'Defect',
    message: `${where} threw a ${kind}${place === undefined ? '' : ` ${place}`}`,
  });
}

/** The stack's first line behind the message; the message itself may have lines that look like one. */
function placeOf({ stack = '', message }: Error): string | undefined {
  const end = stack.indexOf(message);
  return end < 0 ? undefined : /^\w*\n {4}(at .+)/.exec(stack.slice(end + message.length))?.[1];
}
