import type { CompletionRequest } from '../domain/request';

/**
 * The fields of the request as they are sent: what is ours (`routing`, `metadata`) left out, the group's name replaced
 * by the vendor's model. A stream is asked for its usage too; the request's own `stream_options` outdo that.
 */
export function openAIBody(
  request: CompletionRequest & { readonly stream_options?: object | null | undefined },
  { model, stream }: { readonly model: string; readonly stream: boolean },
): Readonly<Record<string, unknown>> {
  const ours = { routing: undefined, metadata: undefined, stream: stream ? true : undefined };
  const streamOptions = stream ? { include_usage: true, ...request.stream_options } : undefined;
  return { ...request, ...ours, stream_options: streamOptions, model };
}
