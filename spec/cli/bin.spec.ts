import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { simulateProviders, type SimulatedProviders } from '../../lib/testing';
import { closing } from '../support/closing';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

const program = resolve('dist/esm/cli/main.mjs');

describe('the program, as a process', () => {
  const opened = closing();
  const at = tempFolder();
  let server: SimulatedProviders;

  /** The program as a process of its own: what it said so far, and how it ended. */
  const started = (args: readonly string[], shell?: string) => {
    const said = { out: '', err: '' };
    const inShell = shell === undefined ? [] : ['sh', '-c', shell];
    const [command = '', ...given] = [...inShell, process.execPath, program, ...args];
    const child = spawn(command, given, { detached: true }); // a group, which ends as a whole
    opened({
      close: () => {
        if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
      },
    });
    child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString('utf8')));
    const ended = once(child, 'close').then(([code]: readonly unknown[]) => code);
    return { child, said, ended };
  };

  const run = (count: number): readonly string[] => {
    writeFileSync(
      at('in.jsonl'),
      Array.from({ length: count }, (_, i) => `${JSON.stringify(`prompt ${String(i)}`)}\n`).join(''),
    );
    return ['run', at('in.jsonl'), '-o', at('out.jsonl'), '--base-url', `${server.url}/v1`, '--model', 'm', '-c', '8'];
  };
  const lines = (): readonly string[] => readFileSync(at('out.jsonl'), 'utf8').split('\n').slice(0, -1);

  beforeEach(async () => {
    server = opened(await simulateProviders({ latency: { p50Ms: 20, p99Ms: 60 } }));
  });

  it('can be run by its name, and says what it is', async () => {
    expect(statSync(program).isFile()).toBe(true);
    expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    const { said, ended } = started(['--help']);
    expect(await ended).toBe(0);
    expect(said.out).toContain('Usage: rx-fanout');
  });

  it('ends by 130 at Ctrl-C with every call finished, and goes on from there', async () => {
    const { child, said, ended } = started(run(300));
    await until('it answers', () => server.stats().requests > 20, 10_000);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(said.err).toMatch(/to go on: rx-fanout run .* --resume\n$/);
    expect(server.stats()).toMatchObject({ aborted: 0, inFlight: 0, requests: lines().length });
    expect(existsSync(`${at('out.jsonl')}.lock`)).toBe(false);
    const again = started([...run(300), '--resume']);
    expect(await again.ended).toBe(0);
    expect(server.stats().requests).toBe(300);
    expect(lines()).toHaveLength(300);
  });

  it('goes on after kill -9', async () => {
    const { child, ended } = started(run(300));
    await until('it answers', () => server.stats().requests > 40, 10_000);
    child.kill('SIGKILL');
    await ended;
    const again = started([...run(300), '--resume']);
    expect(await again.ended).toBe(0);
    expect(lines()).toHaveLength(300);
    expect(new Set(lines().map((line) => (JSON.parse(line) as { custom_id: string }).custom_id)).size).toBe(300);
    expect(server.stats().requests).toBeLessThanOrEqual(308);
  });

  it('stops spending when the disk is full, says so, and goes on when there is room', async () => {
    const { said, ended } = started(run(400), 'ulimit -f 64; trap "" XFSZ; exec "$0" "$@"');
    expect(await ended).toBe(1);
    expect(said.err).toMatch(
      /rx-fanout: .*out\.jsonl cannot be written \(EFBIG: .*make room and go on.*\): rx-fanout run .* --resume\n$/,
    );
    const sent = server.stats().requests;
    expect(sent).toBeLessThan(300);
    const again = started([...run(400), '--resume']);
    expect(await again.ended).toBe(0);
    expect(lines()).toHaveLength(400);
    expect(server.stats().requests - 400).toBeLessThanOrEqual(16); // under way when there was no room
  });

  it('does not mind that its reader has seen enough', async () => {
    const { said, ended } = started([...run(50), '--json'], '"$0" "$@" | head -c 1');
    expect(await ended).toBe(0);
    expect(said.out).toBe('{');
    expect(said.err).toBe('');
    await until('all is written', () => existsSync(at('out.jsonl')) && lines().length === 50, 10_000);
  });

  it('does not mind either that nobody reads its errors', async () => {
    const args = run(50);
    appendFileSync(at('in.jsonl'), 'not JSON\n'); // so it says something at its end
    const { ended } = started(args, '{ "$0" "$@"; echo $? > "$3.code"; } 2>&1 >/dev/null | head -c 1');
    await ended;
    expect(readFileSync(`${at('in.jsonl')}.code`, 'utf8')).toBe('2\n');
    expect(lines()).toHaveLength(51);
    expect(existsSync(`${at('out.jsonl')}.lock`)).toBe(false);
  });
});
