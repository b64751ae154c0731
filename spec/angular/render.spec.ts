import '@angular/compiler'; // what Angular publishes is compiled when it is first used
import { provideHttpClient, withFetch } from '@angular/common/http';
import { Component, enableProdMode } from '@angular/core';
import { pendingUntilEvent, toSignal } from '@angular/core/rxjs-interop';
import { bootstrapApplication, type BootstrapContext } from '@angular/platform-browser';
import { provideServerRendering, renderApplication } from '@angular/platform-server';
import { map } from 'rxjs';
import { httpClientTransport, injectFanout, provideFanout } from '../../lib/angular';
import { openAICompatible } from '../../lib/provider/openai/openai-compatible';
import { rawReply } from '../support/raw-reply';
import { brief } from '../support/brief';
import { scriptedServer, type ScriptedServer } from '../support/scripted-server';

enableProdMode(); // else it says that it is not

@Component({ selector: 'app-root', template: '<p>{{ answer() }}</p>' })
class App {
  readonly answer = toSignal(
    injectFanout()
      .result$('Name a red fruit')
      .pipe(
        map((row) => `${brief(row)} after ${String(row.attempts.length)}`),
        pendingUntilEvent(),
      ),
    { initialValue: 'nothing yet' },
  );
}

const answer = '{"choices":[{"index":0,"message":{"role":"assistant","content":"a cherry"},"finish_reason":"stop"}]}';

describe('a page that is rendered on the server', () => {
  let server: ScriptedServer;
  afterEach(() => server.close());

  it('waits for the answer, retries included, and leaves nothing open', async () => {
    server = await scriptedServer((socket, { index }) => {
      socket.write(index === 0 ? rawReply('{}', { status: 500 }) : rawReply(answer));
    });
    const provider = openAICompatible({ baseURL: `${server.url}/v1`, model: 'm' });
    const providers = [
      provideServerRendering(),
      provideHttpClient(withFetch()),
      provideFanout(() => ({ deployments: [{ group: 'fast', provider }], transport: httpClientTransport() })),
    ];
    const page = await renderApplication(
      (context: BootstrapContext) => bootstrapApplication(App, { providers }, context),
      { document: '<app-root></app-root>', url: 'http://localhost/', allowedHosts: ['localhost'] },
    );
    expect(page).toContain('<p>a cherry after 2</p>');
  });
});
