import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { delay, first, interval, type Observable, timer } from 'rxjs';
import { answerTo, type CountingServer, countingServer } from './counting-server';

/** What is killed: the program, with and without the rewriting at its end, or a program that uses the library. */
export type Victim = 'run' | 'run --order' | 'library';

export interface Storm {
  readonly victim: Victim;
  readonly rows: number;
  /** How often it is killed at most; after that it may end. */
  readonly kills: number;
  readonly concurrency: number;
  /** Numbers in [0, 1): the moments. */
  readonly random: () => number;
  readonly told: (line: string) => void;
}

export interface Verdict {
  readonly kills: number;
  readonly calls: number;
  /** Calls made again, and the most that may be: those that were under way at the kills. */
  readonly again: number;
  readonly mayBeAgain: number;
  /** What went wrong; none: nothing. */
  readonly violations: readonly string[];
}

// Of the package's own folder, where npm and jest run things.
const program = resolve('dist/esm/cli/main.mjs');
const script = resolve('spec/chaos/library-run.mjs');

const promptOf = (i: number): string => `prompt ${String(i)}`;

/**
 * Kills a run with SIGKILL at moments of chance, again and again, each time going on where it was; then looks at what is there: each
 * request once, with its own answer, and no more calls made twice than were under way when it was killed.
 */
export async function storm({ victim, rows, kills, concurrency, random, told }: Storm): Promise<Verdict> {
  const server = await countingServer(20);
  const folder = mkdtempSync(join(tmpdir(), 'rx-fanout-chaos-'));
  const [input, out] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')];
  const violations: string[] = [];
  let [killed, mayBeAgain] = [0, 0];
  try {
    writeFileSync(input, Array.from({ length: rows }, (_, i) => `${JSON.stringify(lineOf(i))}\n`).join(''));
    const args = argsOf(victim, { input, out, concurrency, server });
    for (let isOver = false; !isOver;) {
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
      const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
      const killer = killed < kills ? moment$(server, random).subscribe(() => child.kill('SIGKILL')) : undefined;
      const [code, signal] = await ended;
      killer?.unsubscribe();
      if (signal === 'SIGKILL') {
        killed += 1;
        mayBeAgain += concurrency; // under way at the server, or answered and on its way to the file
        if (killed % 10 === 0) told(`${String(killed)} kills, ${String(server.asked.size)} of ${String(rows)} asked`);
        violations.push(...tornInTheMiddle(out));
      } else {
        isOver = true;
        if (code !== 0) violations.push(`ended with ${String(code)}: ${said.slice(-400)}`);
      }
    }
    violations.push(...(victim === 'library' ? inLibrary(out, rows) : inOutput(out, rows, victim === 'run --order')));
    if (existsSync(`${out}.lock`)) violations.push('a lock was left behind');
    const calls = [...server.asked.values()].reduce((sum, n) => sum + n, 0);
    const again = calls - server.asked.size;
    if (again > mayBeAgain) violations.push(`${String(again)} calls were made again, more than ${String(mayBeAgain)}`);
    return { kills: killed, calls, again, mayBeAgain, violations };
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}

/** While the program starts, once in four; else when it has sent its first call, and so long after it that it may be at its end. */
function moment$({ calls }: CountingServer, random: () => number): Observable<unknown> {
  if (random() < 0.25) return timer(random() * 600);
  const before = calls();
  return interval(5).pipe(
    first(() => calls() > before),
    delay(random() * 600),
  );
}

function lineOf(i: number): object {
  const body = { model: 'any', messages: [{ role: 'user', content: promptOf(i) }] };
  return { custom_id: `r-${String(i)}`, method: 'POST', url: '/v1/chat/completions', body };
}

function argsOf(
  victim: Victim,
  { input, out, concurrency, server }: { input: string; out: string; concurrency: number; server: CountingServer },
): readonly string[] {
  if (victim === 'library') return [script, input, out, server.url, String(concurrency)];
  const where = ['--base-url', server.url, '--model', 'm', '-c', String(concurrency), '--resume'];
  return [program, 'run', input, '-o', out, ...where, ...(victim === 'run --order' ? ['--order'] : [])];
}

function linesOf(out: string): readonly string[] {
  return existsSync(out) ? readFileSync(out, 'utf8').split('\n') : [];
}

function tornInTheMiddle(out: string): readonly string[] {
  return linesOf(out)
    .slice(0, -1)
    .flatMap((line, i) => (isJson(line) ? [] : [`line ${String(i + 1)} is torn, and not the last`]));
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

interface OutLine {
  readonly custom_id: string;
  readonly response: {
    readonly body: { readonly choices: readonly [{ readonly message: { readonly content: string } }] };
  };
}

function inOutput(out: string, rows: number, isOrdered: boolean): readonly string[] {
  const lines = linesOf(out)
    .slice(0, -1)
    .map((line) => JSON.parse(line) as OutLine);
  const seen = new Set(lines.map(({ custom_id }) => custom_id));
  const wrong = lines.filter(({ custom_id, response }) => {
    return response.body.choices[0].message.content !== answerTo(promptOf(Number(custom_id.slice(2))));
  });
  return [
    ...(lines.length === rows && seen.size === rows
      ? []
      : [`${String(lines.length)} lines for ${String(seen.size)} of ${String(rows)} ids`]),
    ...(wrong.length === 0
      ? []
      : [`${String(wrong.length)} answers are another's, e.g. of ${wrong[0]?.custom_id ?? ''}`]),
    ...(isOrdered && lines.some(({ custom_id }, i) => custom_id !== `r-${String(i)}`) ? ['not in order'] : []),
  ];
}

/** The journal of the library has no ids: what it emitted in the end was counted by the program that used it. */
function inLibrary(out: string, rows: number): readonly string[] {
  const places = linesOf(out)
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as { key: string }).key);
  return new Set(places).size === rows && places.length === rows
    ? []
    : [`${String(places.length)} lines for ${String(new Set(places).size)} of ${String(rows)} requests`];
}
