import { spawnSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { simulateProviders, type SimulatedProviders, type SimulationOptions } from '../../../lib/testing';
import { asked } from '../../support/asked';
import { closing } from '../../support/closing';
import { fakeIo } from '../../support/fake-io';
import { rawReply } from '../../support/raw-reply';
import { scriptedServer } from '../../support/scripted-server';
import { tempFolder } from '../../support/temp-folder';
import { until } from '../../support/until';

interface Line {
  readonly custom_id: string;
  readonly response: { readonly status_code: number; readonly body: { readonly choices: unknown[] } } | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly fanout: { readonly index: number; readonly attempts: unknown[]; readonly error?: unknown };
}

const linesOf = (path: string): readonly Line[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
const idsOf = (path: string): readonly string[] => linesOf(path).map(({ custom_id }) => custom_id);
const batchLine = (i: number): string =>
  JSON.stringify({
    custom_id: `r-${String(i)}`,
    method: 'POST',
    url: '/v1/chat/completions',
    body: { model: 'gpt-4o-mini', messages: [{ role: 'user', content: `Is ${String(i)} prime?` }] },
  });

describe('rx-fanout run', () => {
  const opened = closing();
  const at = tempFolder();
  let server: SimulatedProviders;
  let where: readonly string[];

  const serve = async (options: SimulationOptions = {}): Promise<void> => {
    server = opened(await simulateProviders(options));
    where = ['--base-url', `${server.url}/v1`, '--model', 'simulated'];
  };
  const input = (count: number): string => {
    const path = at('in.jsonl');
    writeFileSync(path, Array.from({ length: count }, (_, i) => `${batchLine(i)}\n`).join(''));
    return path;
  };
  const run = (count: number, ...more: readonly string[]) =>
    asked(['run', input(count), '-o', at('out.jsonl'), ...where, ...more]);
  const allIds = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `r-${String(i)}`);

  it('answers every line of a Batch file, whatever model it names, and sums up', async () => {
    await serve();
    const { code, out, err } = await run(20);
    expect(code).toBe(0);
    expect(out).toMatch(/^20 of 20 answered, 0 failed, in /);
    expect(out).toContain(`results     ${at('out.jsonl')}`);
    expect(err).not.toContain('to go on');
    expect([...idsOf(at('out.jsonl'))].sort()).toEqual([...allIds(20)].sort());
    expect(linesOf(at('out.jsonl')).every(({ response }) => response?.status_code === 200)).toBe(true);
    expect(statSync(at('out.jsonl')).mode & 0o777).toBe(0o600);
    expect(readFileSync(at('out.jsonl'), 'utf8')).not.toContain('prime?"');
  });

  it('has a line for what failed and what could not be read, with 2, and sends only those again with --resume', async () => {
    await serve({ faults: { status: { 400: 0.3 } }, seed: 5 });
    writeFileSync(
      at('in.jsonl'),
      `${allIds(20)
        .map((_, i) => batchLine(i))
        .join('\n')}\nnot JSON\n`,
    );
    const args = ['run', at('in.jsonl'), '-o', at('out.jsonl'), ...where];
    const first = await asked(args);
    const failed = linesOf(at('out.jsonl')).filter(({ fanout }) => fanout.error !== undefined);
    expect(first.code).toBe(2);
    expect(first.err).toContain(`to go on: rx-fanout run ${at('in.jsonl')} -o ${at('out.jsonl')}`);
    expect(failed.length).toBeGreaterThan(2);
    expect(failed.find(({ custom_id }) => custom_id === 'line-21')).toMatchObject({
      response: null,
      error: { code: 'BadRequest', message: 'line 21: not JSON' },
    });
    await serve();
    const second = await asked(['run', at('in.jsonl'), '-o', at('out.jsonl'), ...where, '--resume']);
    expect(second.code).toBe(2); // the line that is not JSON
    expect(server.stats().requests).toBe(failed.length - 1);
    expect([...idsOf(at('out.jsonl'))].sort()).toEqual([...allIds(20), 'line-21'].sort());
    expect(second.out).toContain(`${String(21 - failed.length)} restored`);
  });

  it('writes over nothing, and says what would', async () => {
    await serve();
    writeFileSync(at('out.jsonl'), 'mine');
    expect(await run(2)).toMatchObject({
      code: 1,
      err: `rx-fanout: ${at('out.jsonl')} exists: --resume goes on with it, --force writes over it\n`,
    });
    const resumed = await run(2, '--resume');
    expect(resumed).toMatchObject({
      code: 1,
      err: expect.stringContaining('line 1 is not that of a journal') as string,
    });
    expect(readFileSync(at('out.jsonl'), 'utf8')).toBe('mine');
    expect((await run(2, '--resume', '--force')).err).toContain('give one of them');
    expect((await run(2, '--force')).code).toBe(0);
    expect(idsOf(at('out.jsonl'))).toHaveLength(2);
  });

  it('refuses a file of another program byte for byte unchanged, however it ends', async () => {
    await serve();
    for (const text of ['{"id":1}\n{"id":2}\n', '{"id":1}\n{"id', '[1,2]']) {
      writeFileSync(at('out.jsonl'), text);
      expect((await run(2, '--resume')).code).toBe(1);
      expect(readFileSync(at('out.jsonl'), 'utf8')).toBe(text);
    }
    expect(server.stats().requests).toBe(0);
  });

  it('does not mix the answers of another run with its own', async () => {
    await serve();
    await run(3);
    const before = readFileSync(at('out.jsonl'), 'utf8');
    writeFileSync(at('other.jsonl'), '"something else"\n');
    for (const args of [[at('other.jsonl')], [at('in.jsonl'), '--tag', 'other']]) {
      const { code, err } = await asked(['run', ...args, '-o', at('out.jsonl'), ...where, '--resume']);
      expect(code).toBe(1);
      expect(err).toMatch(
        /out\.jsonl has 3 results, and none of a request of this run: name another file, undo .* or begin anew with --force\n$/,
      );
    }
    expect(readFileSync(at('out.jsonl'), 'utf8')).toBe(before);
    writeFileSync(at('more.jsonl'), `"new"\n${batchLine(2)}\n`); // moved, and another one before it
    expect((await asked(['run', at('more.jsonl'), '-o', at('out.jsonl'), ...where, '--resume'])).code).toBe(0);
    expect(server.stats().requests).toBe(4);
  });

  it('goes on behind a torn line', async () => {
    await serve();
    await run(6);
    const whole = readFileSync(at('out.jsonl'));
    writeFileSync(at('out.jsonl'), whole.subarray(0, whole.length - 100));
    expect((await run(6, '--resume')).code).toBe(0);
    expect([...idsOf(at('out.jsonl'))].sort()).toEqual([...allIds(6)].sort());
    expect(server.stats().requests).toBe(7);
  });

  it('puts the output in the order of the input with --order', async () => {
    await serve({ latency: { p50Ms: 5, p99Ms: 60 } });
    expect((await run(40, '--order', '-c', '16')).code).toBe(0);
    expect(idsOf(at('out.jsonl'))).toEqual(allIds(40));
    expect(readdirSync(at('.')).sort()).toEqual(['in.jsonl', 'out.jsonl']);
  });

  it('orders by the input as it is now, though it was another one when lines were written', async () => {
    await serve();
    await run(4);
    const again = `"twice"\n`;
    writeFileSync(at('in.jsonl'), [again, batchLine(3), '\n', batchLine(1), '\n', again, batchLine(0), '\n'].join(''));
    const args = ['run', at('in.jsonl'), '-o', at('out.jsonl'), ...where, '--resume', '--order'];
    expect((await asked(args)).code).toBe(0);
    expect(idsOf(at('out.jsonl'))).toEqual(['line-1', 'r-3', 'r-1', 'line-4', 'r-0', 'r-2']); // r-2 is no longer asked for
    expect(server.stats().requests).toBe(6);
  });

  it('writes where a link leads, and leaves the link', async () => {
    await serve();
    await run(5);
    symlinkSync('out.jsonl', at('link.jsonl'));
    const to = (...more: readonly string[]) => asked(['run', input(6), '-o', at('link.jsonl'), ...where, ...more]);
    expect((await to('--resume', '--order')).code).toBe(0);
    expect(idsOf(at('out.jsonl'))).toEqual(allIds(6));
    expect((await to('--force')).code).toBe(0);
    expect(server.stats().requests).toBe(12);
    expect(idsOf(at('out.jsonl'))).toHaveLength(6);
    expect(lstatSync(at('link.jsonl')).isSymbolicLink()).toBe(true);
  });

  it('takes no file from under a run that is writing to it, not by --force either', async () => {
    await serve();
    const message = { role: 'assistant', content: 'yes' };
    const reply = rawReply(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] }));
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    const provider = opened(
      await scriptedServer((socket, { index }) => {
        void (index < 4 ? Promise.resolve() : held).then(() => socket.write(reply));
      }),
    );
    where = ['--base-url', provider.url, '--model', 'm'];
    const first = run(12, '-c', '4');
    await until('it has answers', () => provider.requests.length === 8);
    for (const how of ['--force', '--resume']) {
      const { code, err } = await run(12, how);
      expect(code).toBe(1);
      expect(err).toMatch(/^rx-fanout: .*out\.jsonl is written to by another run of this process.*\n$/);
    }
    answer();
    expect((await first).code).toBe(0);
    expect(idsOf(at('out.jsonl'))).toHaveLength(12);
    expect(provider.requests).toHaveLength(12);
  });

  it('writes its file anew though a run was killed when it did so', async () => {
    await serve();
    writeFileSync(at('out.jsonl.rx-fanout-new'), 'half a li');
    writeFileSync(at('out.jsonl.tmp'), "somebody's own");
    expect((await run(3, '--order')).code).toBe(0);
    expect(idsOf(at('out.jsonl'))).toEqual(allIds(3));
    expect(readdirSync(at('.')).sort()).toEqual(['in.jsonl', 'out.jsonl', 'out.jsonl.tmp']);
    expect(readFileSync(at('out.jsonl.tmp'), 'utf8')).toBe("somebody's own");
  });

  it('takes the first lines alone with --limit, and all with a later run', async () => {
    await serve();
    expect((await run(10, '--limit', '4')).out).toMatch(/^4 of 4 answered/);
    expect((await run(10, '--resume')).out).toMatch(/^10 of 10 answered/);
    expect(server.stats().requests).toBe(10);
  });

  it('makes prompts of records', async () => {
    await serve();
    writeFileSync(at('in.csv'), 'id,text\n7,"A lamp,\nand a cord"\n8,A cup\n');
    const args = ['run', at('in.csv'), '-o', at('out.jsonl'), ...where, '--template', 'Summarise: {text}'];
    expect((await asked(args)).code).toBe(0);
    expect([...idsOf(at('out.jsonl'))].sort()).toEqual(['7', '8']);
  });

  it('stops for a budget, and says so; needs prices for it', async () => {
    await serve();
    const config = (price: string): string =>
      `deployments:\n  - group: '*'\n    id: one\n    provider: { use: openAICompatible, model: m, baseURL: '${server.url}/v1' }\n${price}`;
    writeFileSync(at('bare.yaml'), config(''));
    writeFileSync(at('priced.yaml'), config('    price: { input: 1000, output: 1000 }\n'));
    const with_ = (file: string) =>
      asked(['run', input(50), '-o', at('out.jsonl'), '--config', at(file), '--max-usd', '3', '-c', '1']);
    expect(await with_('bare.yaml')).toMatchObject({
      code: 1,
      err: 'rx-fanout: budget.usd: the price of one is not known: give it as price, or in prices\n',
    });
    expect(existsSync(at('out.jsonl'))).toBe(false);
    const { code, err } = await with_('priced.yaml');
    expect(code).toBe(2);
    expect(err).toMatch(/^stopped: .*budget.*\nto go on: rx-fanout run .* --resume$/m);
    expect(server.stats().requests).toBeLessThan(50);
  });

  it('stops when nearly everything fails, by itself', async () => {
    await serve({ keys: ['right'] });
    const { code, err } = await run(1000, '-c', '4');
    expect(code).toBe(2);
    expect(err).toMatch(/^stopped: more than 0.99 of the requests failed \(Authentication 100\d?\)/m);
    expect(linesOf(at('out.jsonl')).length).toBeLessThan(200);
  });

  it('tells a program what it does, in lines of JSON', async () => {
    await serve();
    const { code, out, err } = await run(10, '--json');
    const told = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(told.at(-1)).toMatchObject({ type: 'end', code: 0, requests: 10, succeeded: 10, out: at('out.jsonl') });
    expect(told.slice(0, -1).every(({ type }) => type === 'progress')).toBe(true);
  });

  it('finishes what is under way at the first Ctrl-C, and aborts it at the second', async () => {
    await serve({ latency: { p50Ms: 150, p99Ms: 160 } });
    const io = fakeIo();
    const running = asked(['run', input(100), '-o', at('out.jsonl'), ...where, '-c', '5'], io);
    await until('five calls', () => server.stats().inFlight === 5);
    io.interrupts$.next('SIGINT');
    const { code, err } = await running;
    expect(code).toBe(130);
    expect(err).toContain('stopping: what is under way is finished');
    expect(err).toMatch(/interrupted: \d+ of 100 are left\nto go on: rx-fanout run .* --resume\n$/);
    expect(server.stats().aborted).toBe(0);
    expect(idsOf(at('out.jsonl'))).toHaveLength(server.stats().requests);

    await serve({ faults: { stall: 1 } });
    const again = fakeIo();
    const aborted = asked(['run', input(100), '-o', at('out.jsonl'), ...where, '-c', '5', '--resume'], again);
    await until('five calls', () => server.stats().inFlight === 5);
    again.interrupts$.next('SIGINT');
    again.interrupts$.next('SIGINT');
    expect((await aborted).code).toBe(130);
    await until('all aborted', () => server.stats().aborted === 5);
    await until('the file is let go of', () => !existsSync(`${at('out.jsonl')}.lock`), 10_000);
  });

  it('refuses files that cannot be right, in one line', async () => {
    await serve();
    const path = input(1);
    symlinkSync(path, at('link.jsonl'));
    const errorOf = async (...args: readonly string[]) => (await asked(['run', ...args, ...where])).err;
    expect(await errorOf(at('none.jsonl'), '-o', at('o'))).toBe(`rx-fanout: there is no file ${at('none.jsonl')}\n`);
    expect(await errorOf(at('.'), '-o', at('o'))).toMatch(/is a folder: name a file of JSON lines or CSV\n$/);
    expect(await errorOf('/dev/null', '-o', at('o'))).toMatch(/can be read only once: write it to a file first/);
    expect(await errorOf(path, '-o', at('.'))).toMatch(/is a folder: name a file\n$/);
    expect(await errorOf(path, '-o', at('link.jsonl'), '--force')).toMatch(/is the input itself: name another file\n$/);
    linkSync(path, at('hard.jsonl'));
    expect(await errorOf(path, '-o', at('hard.jsonl'), '--force')).toMatch(/is the input itself: name another file\n$/);
    spawnSync('mkfifo', [at('pipe')]);
    for (const how of ['--force', '--resume']) {
      expect(await errorOf(path, '-o', at('pipe'), how)).toMatch(/is no file but a device or a pipe: name a file\n$/);
    }
    expect(existsSync(at('pipe'))).toBe(true);
    expect(await errorOf(path, '-o', at('none/out.jsonl'))).toMatch(/its folder does not exist: make it first\)\n$/);
    expect(await errorOf(path, '-o', at('o'), '--field', 'a', '--template', '{b}')).toContain('give one of them');
    expect(await errorOf(path, '-o', at('o'), '--template', 'no field')).toContain('names no field');
    expect(existsSync(at('o'))).toBe(false);
    expect(server.stats().requests).toBe(0);
  });
});
