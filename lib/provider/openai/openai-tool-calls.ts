import type { ToolCallDelta } from '../../domain/chunk';
import { filled } from '../filled';
import { indices, type OpenAIToolCallPiece } from './openai-event';

/** What is known of a tool call of which pieces have come. */
export interface BegunCall {
  /** Its index, if the server gives one. */
  readonly given: number | undefined;
  readonly id: string | undefined;
  readonly name: string | undefined;
}

/**
 * One piece in our shape, and what is known of its choice's calls after it. Servers number calls from 0, from 1, all of
 * them 0 (Ollama, vLLM) or not at all (Gemini): ours are numbered in the order in which they begin. Servers repeat id
 * and name in every piece: ours has them once. `undefined` when there are too many calls.
 *
 * @param at the place of the piece in its list, when it is one of several: all there is to tell some pieces by
 */
export function openAIToolCallPiece(
  calls: readonly BegunCall[],
  { index, id: givenId, function: called, extra_content: extra }: OpenAIToolCallPiece,
  at: number | undefined,
): readonly [readonly BegunCall[], ToolCallDelta] | undefined {
  const [given, id, name] = [index ?? undefined, filled(givenId), filled(called?.name)];
  const isBare = given === undefined && id === undefined && name === undefined;
  const place = isBare && at !== undefined && at < calls.length ? at : placeOf(calls, { given, id, name });
  if (place >= indices) return undefined;
  const known = calls[place];
  const newId = known?.id === undefined ? id : undefined;
  const newName = known?.name === undefined ? name : undefined;
  const isNews = known === undefined || newId !== undefined || newName !== undefined;
  const begun = { given: known?.given ?? given, id: known?.id ?? id, name: known?.name ?? name };
  const written = argumentsOf(called?.arguments);
  const piece: ToolCallDelta = {
    index: place,
    ...(newId === undefined ? {} : { id: newId }),
    ...(known === undefined ? { type: 'function' as const } : {}),
    function: {
      ...(newName === undefined ? {} : { name: newName }),
      ...(written === undefined ? {} : { arguments: written }),
    },
    ...(extra === undefined ? {} : { extra_content: extra }),
  };
  return [isNews ? [...calls.slice(0, place), begun, ...calls.slice(place + 1)] : calls, piece];
}

/** Which call a piece belongs to; one past the last when it begins another. */
function placeOf(calls: readonly BegunCall[], piece: BegunCall): number {
  const { given, id } = piece;
  let latest = -1;
  for (let place = calls.length - 1; place >= 0; place--) {
    const call = calls[place];
    if (call === undefined || (given !== undefined && call.given !== given)) continue;
    if (id !== undefined && call.id === id) return place;
    if (latest === -1) latest = place;
    if (id === undefined) break;
  }
  const last = calls[latest];
  return last === undefined || begins(piece, last) ? calls.length : latest;
}

/**
 * An id alone does not begin a call under an index that is in use: some servers make up another for each piece. Another
 * name does, and so does a name that comes with another id, or without an index.
 */
function begins({ given, id, name }: BegunCall, last: BegunCall): boolean {
  const isOther = id !== undefined && last.id !== undefined;
  if (name === undefined || last.name === undefined) return isOther && given === undefined;
  return isOther || given === undefined || name !== last.name;
}

/** As the model wrote them; only servers that parsed them themselves have them written again. */
function argumentsOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}
