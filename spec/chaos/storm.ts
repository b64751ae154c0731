import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { delay, first, interval, type Observable, race, timer } from 'rxjs';
import { pause } from '../support/pause';
import { answerTo, type CountingServer, countingServer } from './counting-server';

/** What is killed: the program, with and without the rewriting at its end, or a program that uses the library. */
export type Victim = 'run' | 'run --order' | 'library';

export interface Storm {
  readonly victim: Victim;
  readonly rows: number;
  /** How often it is killed at most; after that it may end. What is put in order at its end is killed a tenth as often again. */
  readonly kills: number;
  readonly concurrency: number;
  /** Numbers in [0, 1): the moments. */
  readonly random: () => number;
  readonly told: (line: string) => void;
}

export interface Verdict {
  readonly kills: number;
  /** Of them those while the file was written anew. */
  readonly inRewriting: number;
  /** Calls that were paid for. */
  readonly calls: number;
  /** Calls paid for again, and the most that may be: those that were under way at the kills. */
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
 * request once, with its own answer, nothing beside it, and no more calls paid for twice than were under way when it was killed.
 */
export async function storm({ victim, rows, kills, concurrency, random, told }: Storm): Promise<Verdict> {
  const server = await countingServer(20);
  const folder = mkdtempSync(join(tmpdir(), 'rx-fanout-chaos-'));
  const [input, out] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')];
  const violations: string[] = [];
  let [killed, inRewriting, mayBeAgain, putInOrder] = [0, 0, 0, 0];
  let isAnswered = false;
  try {
    writeFileSync(input, Array.from({ length: rows }, (_, i) => `${JSON.stringify(lineOf(i))}\n`).join(''));
    const args = argsOf({ victim, rows, concurrency }, { input, out, server });
    const mostInOrder = victim === 'run --order' ? Math.ceil(kills / 10) : 0;
    for (let isOver = false; !isOver;) {
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
      const callsBefore = server.calls();
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
      const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
      let moment$: Observable<unknown> | undefined;
      if (isAnswered) moment$ = putInOrder++ < mostInOrder ? rewriting$(out, random) : undefined;
      else if (killed < kills) moment$ = atAnyMoment$({ server, out, random });
      const killer = moment$?.subscribe(() => child.kill('SIGKILL'));
      const [code, signal] = await ended;
      killer?.unsubscribe();
      if (signal === 'SIGKILL') {
        await pause(30); // what it has sent has come, too
        killed += 1;
        if (existsSync(`${out}.rx-fanout-new`)) inRewriting += 1;
        mayBeAgain += Math.min(concurrency, server.calls() - callsBefore); // under way at the server, or answered and on its way to the file
        if (killed % 10 === 0) told(`${String(killed)} kills, ${String(server.paid.size)} of ${String(rows)} answered`);
        violations.push(...tornInTheMiddle(out));
      } else if (code === 0 && !isAnswered && mostInOrder > 0) {
        isAnswered = true;
      } else if (code !== 2) {
        isOver = moment$ === undefined || !isAnswered;
        if (code !== 0) violations.push(`ended with ${String(code)}: ${said.slice(-400)}`);
      }
    }
    violations.push(...(victim === 'library' ? inLibrary(out, rows) : inOutput(out, rows, victim === 'run --order')));
    const left = readdirSync(folder).filter((name) => !['in.jsonl', 'out.jsonl'].includes(name));
    if (left.length > 0) violations.push(`left behind: ${left.join(', ')}`);
    const calls = [...server.paid.values()].reduce((sum, n) => sum + n, 0);
    const again = calls - server.paid.size;
    if (again > mayBeAgain)
      violations.push(`${String(again)} calls were paid for again, more than ${String(mayBeAgain)}`);
    return { kills: killed, inRewriting, calls, again, mayBeAgain, violations };
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}

/**
 * Once in four while the program starts, once in four while it takes the failures out of its file, if it does; else when it has sent its
 * first call, and so long after it that it may be at its end.
 */
function atAnyMoment$(of: {
  readonly server: CountingServer;
  readonly out: string;
  readonly random: () => number;
}): Observable<unknown> {
  const { server, out, random } = of;
  const [kind, ms] = [random(), random() * 600];
  if (kind < 0.25) return timer(ms);
  const before = server.calls();
  const underWay$ = interval(5).pipe(
    first(() => server.calls() > before),
    delay(ms),
  );
  return kind < 0.5 ? race(rewriting$(out, random), underWay$) : underWay$;
}

/** When a new file is there beside the old one: at once, or a little later. */
function rewriting$(out: string, random: () => number): Observable<unknown> {
  const isLate = random() < 0.5;
  const seen$ = interval(1).pipe(first(() => existsSync(`${out}.rx-fanout-new`)));
  return isLate ? seen$.pipe(delay(random() * 20)) : seen$;
}

function lineOf(i: number): object {
  const body = { model: 'any', messages: [{ role: 'user', content: promptOf(i) }] };
  return { custom_id: `r-${String(i)}`, method: 'POST', url: '/v1/chat/completions', body };
}

function argsOf(
  { victim, rows, concurrency }: Pick<Storm, 'victim' | 'rows' | 'concurrency'>,
  { input, out, server }: { readonly input: string; readonly out: string; readonly server: CountingServer },
): readonly string[] {
  if (victim === 'library') return [script, input, out, server.url, String(concurrency), String(rows)];
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

/** The journal of the library has no ids: what it emitted in the end was counted by the program that used it. Failures stay in it. */
function inLibrary(out: string, rows: number): readonly string[] {
  const keys = linesOf(out)
    .slice(0, -1)
    .map((line) => JSON.parse(line) as JournalLine)
    .filter(({ result }) => result.outcome._tag === 'Right')
    .map(({ key }) => key);
  return new Set(keys).size === rows && keys.length === rows
    ? []
    : [`${String(keys.length)} answers to ${String(new Set(keys).size)} of ${String(rows)} requests`];
}

interface JournalLine {
  readonly key: string;
  readonly result: { readonly outcome: { readonly _tag: 'Left' | 'Right' } };
}
