import type { RouterConfig } from '../../index';
import { requestKey } from '../../node/journal/request-key';
import type { BatchRequest } from '../../node/index';
import { routerMemory } from '../../router-memory';
import { routerState } from '../../router-state';

/** A run, as far as it decides by what its requests are known. */
export interface KeyedRun {
  readonly requests: AsyncIterable<BatchRequest>;
  readonly config: RouterConfig;
  readonly tag: string | undefined;
}

/** The key of each request, in their order, as the run's journal has it. Reads of the input what is taken. */
export async function* requestKeys({ requests, config, tag }: KeyedRun): AsyncGenerator<string, void> {
  const { context, close } = routerState(config);
  close();
  const { body } = routerMemory<BatchRequest>(context.defaultModel);
  for await (const request of requests) yield requestKey(body(request, 0), tag);
}
