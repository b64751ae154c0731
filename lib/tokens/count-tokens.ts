import { concatMap, defer, map, type Observable } from 'rxjs';
import { explain } from '../domain/explain';
import { CompletionRequestCodec } from '../domain/request-codec';
import { countTexts } from './count/count-texts';
import type { CountedRequest } from './count/counted-request';
import { familyOf } from './count/family-of';
import { promptOf } from './count/prompt-of';
import { encoding } from './encoding';

/**
 * The prompt tokens of a request as its vendor will bill them: exact for the text of OpenAI's models, an estimate for others whose error
 * `tokenFamilies` states. It reads messages, names, tools and tool calls, JSON schemas, pictures, files and sound; nothing is fetched.
 *
 * Emits one integer and completes: at once when the encoding is loaded and the text is short (some 2 000 tokens); longer ones a slice a
 * turn of the event loop. Unsubscribing stops it. Errors only when `gpt-tokenizer` is not installed.
 *
 * @param request text is one user message
 * @param model `provider/model`, or the vendor's name of the model; an unknown one is counted as gpt-4o
 * @throws TypeError at the call, when the request is none
 *
 * @example countTokens('Name a red fruit', 'openai/gpt-5-mini').subscribe(console.log); // 11
 */
export function countTokens(request: string | CountedRequest, model: string): Observable<number> {
  const counted = checked(request);
  if (typeof model !== 'string' || model === '') throw new TypeError(noModel);
  return defer(() => {
    const { family, name } = familyOf(model);
    const { texts, tokens } = promptOf(counted, family, name);
    return encoding(family.encoding).pipe(
      concatMap(({ count }) => countTexts(texts, count)),
      map((counts) => Math.round(counts * family.factor) + tokens),
    );
  });
}

const noModel = "countTokens wants the name of a model, such as 'openai/gpt-5-mini'";

/** Wrong ones are told by field, never by what stands there. */
function checked(request: unknown): CountedRequest {
  if (typeof request === 'string') return { messages: [{ role: 'user', content: request }] };
  const decoded = CompletionRequestCodec.decode(request);
  if (decoded._tag === 'Right') return request as CountedRequest; // not a copy
  throw new TypeError(
    `countTokens wants text or a request with messages: ${explain(decoded.left).slice(0, 3).join('; ')}`,
  );
}
