import { left, right, type Either } from 'fp-ts/Either';
import { completionError, type CompletionError } from '../domain/error';

/**
 * What becomes of the fields that a vendor cannot serve: the request is refused, naming the first of them, or (`dropUnsupported`)
 * they are left out, and that is all that is given back: their names, for `Call.dropped`.
 *
 * @param fields those that the request has; `messages[2].content[0]` where it is not a field of the request itself
 */
export function unsupported(
  fields: readonly string[],
  { provider, dropUnsupported }: { readonly provider: string; readonly dropUnsupported?: boolean | undefined },
): Either<CompletionError, readonly string[]> {
  const [first] = fields;
  if (first === undefined || dropUnsupported === true) return right(fields);
  return left(
    completionError({
      _tag: 'BadRequest',
      provider,
      param: first,
      message: `${provider} cannot serve ${fields.join(', ')}, so the request was not sent: leave it out, or set dropUnsupported: true`,
    }),
  );
}
