import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { simulateProviders } from '../../lib/testing';
import { asked } from '../support/asked';
import { closing } from '../support/closing';
import { fakeIo } from '../support/fake-io';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

describe('rx-fanout', () => {
  const opened = closing();
  const at = tempFolder();

  it.each([
    [['--help'], /Usage: rx-fanout \[options\] \[command\][^]*Examples:[^]*Exit codes: 0 all done/],
    [['run', '--help'], /--resume[^]*Example:\n {2}rx-fanout run [^]*INPUT is a file of OpenAI's Batch API as it is/],
    [['estimate', '--help'], /what a file would take[^]*Example:\n {2}rx-fanout estimate /],
    [['report', '--help'], /a page that shows what a run did[^]*Example:\n {2}rx-fanout report /],
    [['simulate', '--help'], /--fault <name=share>[^]*Example:\n {2}rx-fanout simulate /],
    [['demo', '--help'], /200 customer texts[^]*Example:\n {2}rx-fanout demo /],
    [['--version'], /^1\.2\.3\n$/],
  ])('%j tells, and ends with 0', async (args, expected) => {
    expect(await asked(args)).toEqual({ code: 0, out: expect.stringMatching(expected) as string, err: '' });
  });

  it.each([
    [['rum'], /unknown command 'rum'\n\(Did you mean run\?\)/],
    [
      ['run', 'in.jsonl', '-o', 'o', '--concurency', '5'],
      /unknown option '--concurency'\n\(Did you mean --concurrency\?\)/,
    ],
    [['run', 'in.jsonl'], /required option '-o, --out <file>' not specified/],
    [['run', 'in.jsonl', '-o', 'o', '-c', 'many'], /argument 'many' is invalid. It must be a whole number from 1\./],
    [['run', 'in.jsonl', '-o', 'o', '--max-error-rate', '2'], /It must be a share from 0 to 1\./],
    [['run', 'in.jsonl', '-o', 'o', '--fsync', 'now'], /Allowed choices are always, interval, never\./],
    [['simulate', '--fault', 'much'], /^rx-fanout: --fault much: write NAME=SHARE, e\.g\. --fault 500=0\.1/],
    [['simulate', '--fault', 'rest=0.1'], /^rx-fanout: simulateProviders: faults: unknown option 'rest'/],
    ...['abc', '70000', '0', '-1', '1.5', ''].map((port): [string[], RegExp] => [
      ['simulate', '--port', port],
      new RegExp(`argument '${port}' is invalid. It must be a port, a whole number from 1 to 65535\\.`),
    ]),
    [['simulate', '--p99', '5'], /^rx-fanout: --p99 says nothing without --p50: add --p50 MS\n$/],
    [['simulate', '--per-token', '5'], /^rx-fanout: --per-token says nothing without --p50: add --p50 MS\n$/],
    [['simulate', '--burst', '5'], /^rx-fanout: --burst says nothing without --rps: add --rps N\n$/],
    [['demo', '--base-url', 'http://localhost:1/v1'], /^rx-fanout: --model is missing/],
    [['report', 'none.jsonl', '-o', 'page.html'], /^rx-fanout: there is no file none\.jsonl\n$/],
  ])('%j ends with 1 and says what would be right', async (args, expected) => {
    expect(await asked(args)).toEqual({ code: 1, out: '', err: expect.stringMatching(expected) as string });
  });

  it('says that something else has the port of the simulated providers', async () => {
    const server = await simulateProviders();
    const { port } = new URL(server.url);
    expect(await asked(['simulate', '--port', port])).toEqual({
      code: 1,
      out: '',
      err: `rx-fanout: --port ${port}: something else is there: take another one, or none for any free one\n`,
    });
    await server.close();
  });

  it('estimates what a file would take, before anything is sent', async () => {
    const config = {
      deployments: [
        {
          group: 'fast',
          rpm: 60,
          tpm: 100_000,
          price: { input: 10, output: 100 },
          provider: { use: 'openAICompatible', model: 'm', baseURL: 'http://localhost:1/v1' },
        },
        {
          group: 'slow',
          price: { input: 1, output: 1, longPrompt: { above: 1000, input: 2, output: 2 } },
          provider: { use: 'openAICompatible', model: 'n', baseURL: 'http://localhost:1/v1' },
        },
      ],
      defaultModel: 'fast',
    };
    const [input, file] = [at('in.jsonl'), at('fanout.json')];
    writeFileSync(file, JSON.stringify(config));
    const fast = JSON.stringify('x'.repeat(400));
    const slow = JSON.stringify({
      model: 'slow',
      max_tokens: 50,
      messages: [{ role: 'user', content: 'x'.repeat(40) }],
    });
    writeFileSync(
      input,
      [...Array<string>(120).fill(fast), slow, 'not JSON', '{"model":"none","messages":[]}'].join('\n'),
    );

    const { code, out } = await asked(['estimate', input, '--config', file, '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toEqual({
      groups: [
        { group: 'fast', requests: 120, promptTokens: 6840, completionTokens: 120_000, cost: [12.0684, 12.0684] },
        { group: 'slow', requests: 1, promptTokens: 12, completionTokens: 50, cost: [0.000062, 0.000062] },
      ],
      refused: 2,
      problems: ['line 122: not JSON', expect.stringMatching(/^the request is malformed/)],
      limitedMs: 120_000,
      isCounted: true,
    });
    const told = await asked(['estimate', input, '--config', file]);
    expect(told.out).toMatch(/fast +120 +6 840 +120 000 +\$12\.07/);
    expect(told.out).toMatch(/time {8}2 min 0 s at least, by the limits/);
    expect(told.out).toContain('2 would not be sent');
    expect(told.out).toMatch(
      /Tokens are counted, .*\n.*\n {2}Prices are .*, else list prices of 20\d\d-\d\d-\d\d\.\n$/,
    );
  });

  it('estimates each model of a wildcard group at its own price', async () => {
    const provider = { use: 'openAICompatible', name: 'own', model: '*', baseURL: 'http://localhost:1/v1' };
    const prices = { 'own/a': { input: 1, output: 1 }, 'own/b': { input: 1, output: 10 } };
    const [input, file] = [at('in.jsonl'), at('fanout.json')];
    writeFileSync(file, JSON.stringify({ deployments: [{ group: '*', provider }], prices }));
    const costOf = async (...models: readonly string[]): Promise<unknown> => {
      const lines = models.map((model) => ({
        model,
        max_tokens: 1_000_000,
        messages: [{ role: 'user', content: 'x' }],
      }));
      writeFileSync(input, lines.map((line) => JSON.stringify(line)).join('\n'));
      const { out } = await asked(['estimate', input, '--config', file, '--json']);
      const { groups } = JSON.parse(out) as { readonly groups: readonly { readonly cost?: readonly number[] }[] };
      return groups[0]?.cost?.map(Math.round);
    };
    expect(await costOf('a', 'b')).toEqual([11, 11]);
    expect(await costOf('a', 'c', 'b')).toBeUndefined();
  });

  it('knows list prices, for estimates, budgets and costs, where the configuration has none', async () => {
    const server = opened(await simulateProviders());
    const config = (prices: object) => ({
      deployments: [
        { group: 'g', provider: { use: 'openai', model: 'gpt-4o', apiKey: 'sk-x', baseURL: `${server.url}/v1` } },
      ],
      budget: { usd: 0.004 },
      ...prices,
    });
    const [input, file] = [at('in.jsonl'), at('fanout.json')];
    writeFileSync(input, '{"messages":[{"role":"user","content":"hello world"}],"max_tokens":100}\n');
    writeFileSync(file, JSON.stringify(config({})));
    const estimated = await asked(['estimate', input, '--config', file, '--json']);
    const [group] = (JSON.parse(estimated.out) as { readonly groups: readonly { readonly cost: readonly number[] }[] })
      .groups;
    expect(group?.cost[0]).toBeCloseTo((9 * 2.5 + 100 * 10) / 1e6, 12);
    const { code, out } = await asked(['run', input, '--config', file, '-o', at('out.jsonl')]);
    expect(code).toBe(0);
    expect(out).toMatch(/cost {8}\$0\.000/);
    writeFileSync(file, JSON.stringify(config({ prices: { 'openai/gpt-4o': { input: 100, output: 100 } } })));
    const refused = await asked(['run', input, '--config', file, '-o', at('refused.jsonl')]);
    expect([refused.code, refused.out]).toEqual([2, expect.stringMatching(/BudgetExceeded 1/)]);
  });

  it('simulates providers until it is told to end, and counts what came', async () => {
    const io = fakeIo();
    opened({
      close: () => {
        io.interrupts$.next('SIGINT');
      },
    });
    const serving = asked(['simulate', '--seed', '3', '--p50', '1', '--fault', '500=1'], io);
    await until('it serves', () => io.said.out.includes('Ctrl-C ends it'));
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(io.said.out) ?? [];
    const reply = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      body: '{"model":"m","messages":[{"role":"user","content":"x"}]}',
    });
    expect(reply.status).toBe(500);
    await reply.text();
    io.interrupts$.next('SIGINT');
    expect(await serving).toMatchObject({
      code: 0,
      out: expect.stringMatching(/1 requests, 1 at a time at most, 0 aborted \(500: 1\)\n$/) as string,
    });
  });

  it('demonstrates itself, and ends with 130 when it is interrupted', async () => {
    const whole = await asked(['demo', '--limit', '6']);
    expect(whole.code).toBe(0);
    expect(whole.out).toMatch(/^6 texts, 16 at a time, over three simulated providers/);
    expect(whole.out).toMatch(/steady +\d+ +\d+[^]*for 6 requests; one at a time/);
    const io = fakeIo();
    const running = asked(['demo'], io);
    await until('it runs', () => io.said.out.includes('200 texts'));
    io.interrupts$.next('SIGINT');
    expect(await running).toMatchObject({ code: 130 });
  });

  it('says in one line that nothing was answered, when a provider refuses', async () => {
    const server = opened(await simulateProviders({ keys: ['right'] }));
    const args = ['demo', '--base-url', `${server.url}/v1`, '--model', 'm', '--limit', '5'];
    const { code, err } = await asked(args, fakeIo({ OPENAI_API_KEY: 'sk-wrong-secret' }));
    expect(code).toBe(1);
    expect(err).toMatch(/nothing was answered: .*401/);
    expect(err).not.toContain('sk-wrong-secret');
  });

  it('writes a report of what a run did', async () => {
    const server = opened(await simulateProviders({ faults: { status: { 500: 0.2 } }, seed: 2 }));
    writeFileSync(
      at('in.jsonl'),
      Array.from({ length: 30 }, (_, i) => `${JSON.stringify(`prompt ${String(i)}`)}\n`).join(''),
    );
    await asked(['run', at('in.jsonl'), '-o', at('out.jsonl'), '--base-url', `${server.url}/v1`, '--model', 'm']);
    const report = ['report', at('out.jsonl'), '-o', at('page.html')];
    expect(await asked(report)).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(at('page.html'), 'utf8')).toContain('<dt>Requests</dt><dd>30<');
    expect((await asked(report)).err).toBe(`rx-fanout: ${at('page.html')} exists: --force writes over it\n`);
    expect((await asked([...report, '--force'])).code).toBe(0);
    const results = readFileSync(at('out.jsonl'), 'utf8');
    symlinkSync('out.jsonl', at('link.jsonl'));
    for (const itself of ['out.jsonl', 'link.jsonl']) {
      expect(await asked(['report', at('out.jsonl'), '-o', at(itself), '--force'])).toMatchObject({
        code: 1,
        err: `rx-fanout: -o ${at(itself)} is the results themselves: name another file, e.g. report.html\n`,
      });
    }
    expect(readFileSync(at('out.jsonl'), 'utf8')).toBe(results);
  });
});
