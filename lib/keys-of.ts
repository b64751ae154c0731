import { canonicalJson } from './bulk/canonical-json';
import { defect } from './domain/defect';
import type { FanOutOptions } from './fan-out-options';
import type { Memory } from './fan-out-work';

/**
 * How the requests of a run are told apart.
 * Both throw a `Defect` for a request that JSON cannot say, or a journal that throws, and what the journal's `check` throws.
 */
export interface Keys<Req> {
  /** Equal for equal requests. */
  readonly key: (request: Req, index: number) => string;
  /** Equal for requests that one call may serve; `undefined`: none but its own. */
  readonly shareKey: (request: Req, index: number) => string | undefined;
}

export function keysOf<Req>(
  { body, alike }: Pick<Memory<Req, never>, 'body' | 'alike'>,
  { journal, tag }: Pick<FanOutOptions, 'journal' | 'tag'>,
): Keys<Req> {
  const key = (request: Req, index: number): string => {
    const own = body(request, index);
    return journal === undefined ? canonicalJson(own) : journal.key(own, tag);
  };
  return {
    key: (request, index) => {
      journal?.check?.(request);
      return orDefect(() => key(request, index));
    },
    shareKey: (request, index) =>
      orDefect(() => {
        const rest = alike(request);
        return rest === undefined ? undefined : `${canonicalJson(rest)} ${key(request, index)}`;
      }),
  };
}

function orDefect<A>(make: () => A): A {
  try {
    return make();
  } catch (thrown) {
    throw defect('the key of a request', thrown);
  }
}
