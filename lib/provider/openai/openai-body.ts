import type { CompletionRequest } from '../../domain/request';
import type { OpenAIDialect } from './openai-dialect';
import { openAIMessages } from './openai-messages';
import { openAIUnserved } from './openai-unserved';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The request as it is sent: what is ours (`routing`, `metadata`) left out, the group's name replaced by the vendor's
 * model, the rest in the server's dialect. A stream is asked for its usage; the request's own `stream_options` outdo
 * that, field by field. `unserved` are those of its fields that the server cannot serve; they are not in the body.
 */
export function openAIBody(
  request: CompletionRequest,
  { model, stream, dialect }: { readonly model: string; readonly stream: boolean; readonly dialect: OpenAIDialect },
): { readonly body: Fields; readonly unserved: readonly string[] } {
  const { routing: _routing, metadata: _metadata, stream: _stream, stream_options: streamOptions, ...given } = request;
  const { renamed = {}, unsupported = {}, streamOptions: hasOptions = true } = dialect;
  const unserved = openAIUnserved(request, dialect);
  const messages = openAIMessages(given.messages, dialect);
  const body: Record<string, unknown> = { ...given, messages, model };
  for (const [field, name] of Object.entries(renamed)) {
    const value = body[field];
    body[field] = undefined;
    if (value !== undefined) body[name] ??= value;
  }
  for (const field of Object.keys(unsupported)) body[field] = undefined;
  if (unserved.includes('response_format')) body['response_format'] = undefined;
  if (!stream) return { body, unserved };
  const options = hasOptions ? { stream_options: { include_usage: true, ...streamOptions } } : {};
  return { body: { ...body, stream, ...options }, unserved };
}
