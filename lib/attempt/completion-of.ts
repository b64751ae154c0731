import type { Completion } from '../domain/completion';
import type { Provider } from '../provider/provider';
import type { Call, Reply } from '../transport/transport';
import { informed, type InformedBy } from './informed';

/** The completion in a whole reply; throws what its provider makes of anything else. */
export function completionOf(reply: Reply, call: Call, provider: Provider, context: InformedBy): Completion {
  const isSuccess = reply.status >= 200 && reply.status < 300;
  const decoded = isSuccess ? provider.toCompletion(reply, call) : undefined;
  if (decoded?._tag === 'Right') return decoded.right;
  throw informed(decoded?.left ?? provider.toError(reply, call), reply, context);
}
