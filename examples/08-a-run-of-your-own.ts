// The engine knows nothing of language models: `run` may do anything that takes time. Its signal is aborted when its row is no longer wanted.
import { parallel$, summarize } from 'rx-fanout';
import { simulateProviders } from 'rx-fanout/testing';

const server = await simulateProviders();
const paths = ['/v1/models', '/v1/nowhere', '/v1/models'];

const rows$ = parallel$(paths, {
  concurrency: 2,
  run: async (path, index, { signal }) => {
    const response = await fetch(`${server.url}${path}`, { signal });
    if (!response.ok) throw new Error(`${path}: status ${String(response.status)}`);
    return (await response.text()).length;
  },
});

rows$.subscribe(({ request, outcome }) => {
  console.log(request, outcome._tag === 'Right' ? `${String(outcome.right)} bytes` : String(outcome.left));
});

rows$.pipe(summarize()).subscribe({
  next: ({ succeeded, failed, byTag }) => {
    console.log(
      `a second subscription is a second run: ${String(succeeded)} succeeded, ${String(failed)} failed`,
      byTag,
    );
  },
  complete: () => void server.close(),
});
