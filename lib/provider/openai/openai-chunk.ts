import type { ChunkChoice, CompletionChunk } from '../../domain/chunk';
import type { Usage } from '../../domain/usage';
import * as t from 'io-ts';
import { filled } from '../filled';
import { openAIChunkChoice } from './openai-chunk-choice';
import { indices, type OpenAIEvent } from './openai-event';
import type { BegunChoice } from './openai-stream-state';
import { openAIUsage } from './openai-usage';

/**
 * One event in our shape, and what is known of the choices after it. `undefined` when it has more of them, or of tool
 * calls, than are believed. An event without choices and without a model (Azure's first) names none.
 */
export function openAIChunk(
  known: readonly BegunChoice[],
  event: OpenAIEvent,
  model: string,
): readonly [readonly BegunChoice[], CompletionChunk] | undefined {
  const given = event.choices ?? [];
  const choices: ChunkChoice[] = [];
  let begun = known;
  for (const choice of given) {
    const index = choice.index ?? choices.length;
    if (index >= indices) return undefined;
    const before = begun.find((one) => one.index === index);
    const read = openAIChunkChoice(before, choice, index);
    if (read === undefined) return undefined;
    const [after, added] = read;
    if (after !== before) begun = [...begun.filter((one) => one !== before), after];
    choices.push(added);
  }
  const { id, created } = event;
  const chunk = {
    id: typeof id === 'string' ? id : '',
    created: typeof created === 'number' && Number.isFinite(created) ? created : 0,
    model: filled(event.model) ?? (given.length === 0 ? '' : model),
    choices,
    raw: event,
  };
  const usage = usageIn(event);
  return [begun, usage === undefined ? chunk : { ...chunk, usage }];
}

/** Of the whole answer so far. Most events have none, or `null`. */
function usageIn({ usage, x_groq: groq, choices }: OpenAIEvent): Usage | undefined {
  const said = usage ?? (t.UnknownRecord.is(groq) ? groq['usage'] : undefined) ?? choices?.[0]?.usage;
  return said === undefined || said === null ? undefined : openAIUsage(said);
}
