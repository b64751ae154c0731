import './init-test-bed';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { provideHttpClient, withFetch } from '@angular/common/http';
import {
  DOCUMENT,
  type ApplicationConfig,
  type EnvironmentProviders,
  type Provider,
  type Signal,
  type Type,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Actions, provideEffects, type FunctionalEffect } from '@ngrx/effects';
import { provideStore, Store, type Action, type ActionCreator } from '@ngrx/store';
import type { useSyncExternalStore } from 'react';
import { Subject, type Observable } from 'rxjs';
import { createRouter, openAICompatible, type FanoutRouter, type ParallelResult } from 'rx-fanout';
import { injectFanout, provideFanout } from 'rx-fanout/angular';
import { fakeProvider, simulateProviders } from 'rx-fanout/testing';
import { allOf } from '../support/all-of';
import { brief } from '../support/brief';
import { closing } from '../support/closing';
import { chunkOf, eventStream } from '../support/event-stream';
import { rawReply } from '../support/raw-reply';
import { scriptedServer } from '../support/scripted-server';
import { until } from '../support/until';

/** The snippets of the page, by what they export or hold. They are typed, and loaded, by `spec/docs.spec.ts`. */
const folder = mkdtempSync(join(__dirname, '..', '.docs-angular-')); // inside the package, so that they can import it by its name
const page = readFileSync(join(__dirname, '..', '..', 'docs', 'angular.md'), 'utf8');
const snippets = [...page.matchAll(/```(ts|js)\n(.*?)```/gs)].map(([, language, code], n) => {
  const file = join(folder, `${String(n)}.${language ?? ''}`);
  writeFileSync(file, code ?? '');
  return { file, code: code ?? '' };
});
const snippetWith = (words: string) => {
  const found = snippets.filter(({ code }) => code.includes(words));
  expect(found).toHaveLength(1);
  return found[0]!;
};
/** What a snippet exports, of which nobody knows the types before it is written. */
const exportsOf = (words: string): unknown => require(snippetWith(words).file); // eslint-disable-line @typescript-eslint/no-require-imports -- the path is not known before

const patience = 10_000; // the machine may have other work
const opened = closing();
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Answers a prompt with itself, but for one that begins with `hang`. */
const echo = () => {
  const fake = fakeProvider(({ messages: [message] }) => {
    const said = typeof message?.content === 'string' ? message.content : '';
    return said.startsWith('hang') ? { fail: 'hang' } : { text: said };
  });
  return provideFanout({ deployments: [{ group: 'fast', ...fake }] });
};
const router = (): FanoutRouter => TestBed.runInInjectionContext(injectFanout);
const standing = () => {
  const [{ inFlight, aborted } = { inFlight: 0, aborted: 0 }] = router().snapshot().deployments;
  return { inFlight, aborted };
};
/** Where the page is. There is no global `location`, as on a server that renders. */
const siteAt = (url: string): Provider => ({ provide: DOCUMENT, useValue: { location: new URL(url) } });

it('an application with a router: it asks the server of the page', async () => {
  const server = opened(await simulateProviders());
  const { appConfig } = exportsOf('appConfig') as { appConfig: ApplicationConfig };
  TestBed.configureTestingModule({ providers: [appConfig.providers, siteAt(server.url)] });
  const [row] = await allOf(router().result$('Name a red fruit'));
  expect(row?.outcome._tag).toBe('Right');
  expect(server.stats().requests).toBe(1);
});

describe('a service', () => {
  interface Answers {
    readonly rows: Signal<readonly ParallelResult<string>[]>;
    ask(prompts: readonly string[]): void;
    cancel(): void;
  }
  const { Answers: service, shown } = exportsOf('class Answers') as {
    readonly Answers: Type<Answers>;
    readonly shown: (row: ParallelResult<string>) => string;
  };
  const start = (): Answers => {
    TestBed.configureTestingModule({ providers: [echo()] });
    return TestBed.inject(service);
  };

  it('shows all rows of a run', async () => {
    const answers = start();
    answers.ask(['a plum', 'a pike']);
    await until('both are there', () => answers.rows().length === 2);
    expect(answers.rows().map(shown)).toEqual(['a plum: a plum', 'a pike: a pike']);
  });

  it('cancels a run for the next one, when it is told to, and at its end', async () => {
    const answers = start();
    answers.ask(['hang 1', 'hang 2']);
    expect(standing()).toEqual({ inFlight: 2, aborted: 0 });
    answers.ask(['hang 3']);
    expect(standing()).toEqual({ inFlight: 1, aborted: 2 });
    answers.cancel();
    expect(standing()).toEqual({ inFlight: 0, aborted: 3 });
    answers.ask(['hang 4', 'a plum']);
    await until('the other is there', () => answers.rows().length === 1);
    const { snapshot } = router();
    TestBed.resetTestingModule();
    expect(snapshot().deployments[0]).toMatchObject({ inFlight: 0, aborted: 4 });
  });
});

describe('components', () => {
  const shows = async (component: Type<unknown>, selector: string, expected: readonly string[]): Promise<void> => {
    const { nativeElement } = TestBed.createComponent(component);
    const texts = (): readonly (string | null)[] =>
      Array.from((nativeElement as Element).querySelectorAll(selector), ({ textContent }) => textContent);
    await until(`it shows ${expected.join()}`, () => texts().join() === expected.join(), patience);
  };

  it('a resource shows the answers in their order', async () => {
    TestBed.configureTestingModule({ providers: [echo()] });
    const { Fruits } = exportsOf('class Fruits') as { Fruits: Type<unknown> };
    await shows(Fruits, 'li', ['Name a red fruit', 'Name a yellow fruit']);
    expect(standing().inFlight).toBe(0);
  });

  it('a stream is shown to its end', async () => {
    const fake = fakeProvider([{ chunks: ['The sea ', 'is wide'] }]);
    TestBed.configureTestingModule({ providers: [provideFanout({ deployments: [{ group: 'fast', ...fake }] })] });
    const { Poem } = exportsOf('class Poem') as { Poem: Type<unknown> };
    await shows(Poem, 'p', ['The sea is wide']);
    expect(fake.calls).toHaveLength(1);
  });
});

it('through HttpClient: the key of whoever is signed in goes with whole answers and with streams', async () => {
  const server = opened(await scriptedServer((socket) => socket.write(rawReply('{}', { status: 400 }))));
  const { fanout } = exportsOf('class Session') as { fanout: EnvironmentProviders };
  TestBed.configureTestingModule({ providers: [provideHttpClient(withFetch()), fanout, siteAt(server.url)] });
  const streamed = { messages: [{ role: 'user', content: 'a pike' }], stream: true } as const;
  expect((await allOf(router().parallel$(['a plum', streamed]))).map(brief)).toEqual(['!BadRequest', '!BadRequest']);
  const keys = server.requests.map(({ head }) => /^authorization: (.*)$/im.exec(head)?.[1]);
  const key = 'Bearer token-of-the-session';
  expect(keys).toEqual([key, key]);
});

it('in tests: the fake answers', async () => {
  (exportsOf('setUp') as { setUp: () => void }).setUp();
  const [completion] = await allOf(router().completion$('hello'));
  expect(completion?.choices[0].message.content).toBe('You said: hello');
});

it('NgRx: an effect makes an action of each row, and a cancellation stops it', async () => {
  interface Creators {
    readonly asked: (given: { prompts: readonly string[] }) => Action;
    readonly cancelled: () => Action;
    readonly came: ActionCreator;
  }
  const { answers, ask } = exportsOf('createEffect') as { answers: Creators; ask: FunctionalEffect };
  TestBed.configureTestingModule({ providers: [provideStore(), provideEffects({ ask }), echo()] });
  const store = TestBed.inject(Store);
  const came: unknown[] = [];
  TestBed.inject(Actions).subscribe((action) => {
    if (action.type === answers.came.type) came.push(action);
  });
  store.dispatch(answers.asked({ prompts: ['a plum', 'hang', 'a pike'] }));
  await until('two have come', () => came.length === 2);
  expect(came).toMatchObject([{ row: { index: 0 } }, { row: { index: 2 } }]);
  store.dispatch(answers.cancelled());
  expect(standing()).toEqual({ inFlight: 0, aborted: 1 });
});

it('React: a store subscribes with its component, tells of each value, and unsubscribes with it', () => {
  interface Store {
    readonly subscribe: Parameters<typeof useSyncExternalStore>[0];
    readonly get: () => string;
  }
  const { latestOf } = exportsOf('latestOf') as { latestOf: (source$: Observable<string>, initial: string) => Store };
  const source$ = new Subject<string>();
  const { subscribe, get } = latestOf(source$, 'nothing yet');
  expect([get(), source$.observed]).toEqual(['nothing yet', false]);
  const changed = jest.fn();
  const leave = subscribe(changed);
  source$.next('a plum');
  expect([get(), changed.mock.calls.length]).toEqual(['a plum', 1]);
  leave();
  expect(source$.observed).toBe(false);
});

describe('the proxy', () => {
  const start = async (upstream: string) => {
    const code = snippetWith('isSignedIn')
      .code.replace('https://api.openai.com', upstream)
      .replace('node:https', 'node:http')
      .replace('.listen(3000)', '.listen(0, function () { console.log(this.address().port) })');
    const file = join(folder, 'proxy.mjs');
    writeFileSync(file, `const isSignedIn = ({ headers }) => headers.cookie === 'signed=in';\n${code}`);
    const env = { ...process.env, OPENAI_API_KEY: 'sk-of-the-server' };
    const spawned = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    opened({ close: () => spawned.kill() });
    await once(spawned, 'spawn'); // or it says why it cannot be started
    const [port] = (await once(spawned.stdout, 'data')) as [Buffer];
    return `http://127.0.0.1:${port.toString().trim()}/v1`;
  };
  const through = (url: string, cookie = 'signed=in') =>
    createRouter({
      deployments: [{ group: 'fast', provider: openAICompatible({ model: 'm', baseURL: url, headers: { cookie } }) }],
      maxRetries: 0,
    });

  it('adds the key, hands streams on as they come, and ends the call of whoever leaves', async () => {
    const server = opened(
      await scriptedServer((socket) => {
        socket.write(eventStream([], { isWhole: false }));
        socket.write(chunkOf('data: {"choices":[{"index":0,"delta":{"content":"a plum"}}]}\n\n'));
      }),
    );
    const proxy = await start(server.url);
    const heard: unknown[] = [];
    const run = through(proxy)
      .stream$('Name a blue fruit')
      .subscribe((chunk) => heard.push(chunk));
    await until('the first piece has come', () => heard.length === 1, patience);
    expect(server.requests[0]?.head).toMatch(/^authorization: Bearer sk-of-the-server$/m);
    run.unsubscribe();
    await until('the call is ended', () => server.openSockets() === 0, patience);
    expect(server.requests).toHaveLength(1);
  });

  it('breaks off with a provider that breaks off before it answers', async () => {
    const server = opened(await scriptedServer((socket) => socket.destroy()));
    const proxy = await start(server.url);
    expect((await allOf(through(proxy).result$('hello'))).map(brief)).toEqual(['!Connection']);
  });

  it('answers nobody who is not signed in', async () => {
    const server = opened(await simulateProviders());
    const proxy = await start(server.url);
    expect((await allOf(through(proxy).result$('hello'))).map(brief)).toEqual([expect.not.stringMatching(/^!/)]);
    expect((await allOf(through(proxy, 'signed=out').result$('hello'))).map(brief)).toEqual(['!PermissionDenied']);
    expect(server.stats().requests).toBe(1);
  });
});
