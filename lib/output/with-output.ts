import { left, right } from 'fp-ts/Either';
import type { Decoder } from 'io-ts';
import { text } from '../domain/completion';
import { defect } from '../domain/defect';
import { knownOptions } from '../domain/known-options';
import type { Output, StructuredCompletion } from '../domain/output';
import { correction } from './correction';
import { readText } from './read-text';
import { unreadable } from './unreadable';

export interface WithOutputOptions {
  /** How often a group may be asked again when its answer cannot be decoded. Default 1; 0: never. */
  readonly reask?: number | undefined;
}

/**
 * Structured output, as the option `output` of runs, `result$`, `completion$` and `race$`: the content of an answer's first choice is read
 * as JSON and decoded. When that fails, the group is asked again, with its answer and what was wrong with it, each time by a call of its own,
 * which may go to another deployment; then the request goes to the next group, or ends with an `InvalidOutput` that has the text as `partial`.
 * An answer that was cut off, a refusal and tool calls are not asked about again. A codec that throws is a `Defect`.
 * Throws a `TypeError` for what is no codec, and for a `reask` that is no whole number from 0.
 *
 * @example completion$(prompt, { output: withOutput(t.type({ city: t.string })) }).subscribe(({ output }) => console.log(output.city))
 */
export function withOutput<A>(
  codec: Decoder<unknown, A>,
  options: WithOutputOptions = {},
): Output<StructuredCompletion<A>> {
  checkCodec(codec);
  knownOptions('withOutput', options, ['reask']);
  const { reask = 1 } = options;
  if (!Number.isInteger(reask) || reask < 0) {
    throw new TypeError(`reask must be a whole number from 0, not ${shown(reask)}`);
  }
  return {
    reask,
    read: (completion) => {
      try {
        const read = readText(text(completion), codec);
        if (read._tag === 'Right') return right({ ...completion, output: read.right });
        return left(unreadable(completion, read.left));
      } catch (thrown) {
        return left(defect('the codec of withOutput', thrown));
      }
    },
    again: (request, said) => ({ ...request, messages: [...request.messages, ...correction(said, codec)] }),
  };
}

function checkCodec(codec: Partial<Decoder<unknown, unknown>> | null | undefined): void {
  if (typeof codec?.decode === 'function' && typeof codec.validate === 'function') return;
  throw new TypeError(`withOutput takes a codec of io-ts, not ${shown(codec)}`);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  return typeof value === 'object' && value !== null
    ? 'an object'
    : typeof value === 'function'
      ? 'a function'
      : String(value);
}
