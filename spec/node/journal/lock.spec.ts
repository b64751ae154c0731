import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { lockOf } from '../../../lib/node/journal/lock';
import { closing } from '../../support/closing';
import { journalProcesses } from '../../support/journal-process';
import { tempFolder } from '../../support/temp-folder';

const nobody = 2 ** 22 + 1; // no system has so many
const isLinux = process.platform === 'linux';

/** Whether a file is free to be taken; leaves it free if so. */
async function taking(path: string): Promise<'free' | 'locked'> {
  const lock = lockOf(path);
  try {
    await lock.take();
  } catch (reason) {
    expect(reason).toMatchObject({ name: 'JournalError', problem: 'locked' });
    return 'locked';
  }
  await lock.release();
  return 'free';
}

describe('the lock of a file', () => {
  const at = tempFolder();

  it('is a file beside it for as long as it is held, and says who holds it', async () => {
    const lock = lockOf(at('run.jsonl'));
    expect(existsSync(at('run.jsonl.lock'))).toBe(false);
    await lock.take();
    expect(JSON.parse(readFileSync(at('run.jsonl.lock'), 'utf8'))).toMatchObject({
      pid: process.pid,
      host: hostname(),
    });
    expect(await taking(at('run.jsonl'))).toBe('locked');
    await lock.release();
    await lock.release();
    expect(readdirSync(at('.'))).toEqual([]);
  });

  it('is waited for in this process once its holder is leaving, also by several', async () => {
    const log: string[] = [];
    const first = lockOf(at('run.jsonl'));
    await first.take();
    first.leave();
    const others = ['second', 'third'].map(async (name) => {
      const lock = lockOf(at('run.jsonl'));
      lock.leave();
      await lock.take();
      log.push(`${name} has it`);
      await lock.release();
    });
    await new Promise(setImmediate);
    log.push('first lets go');
    await first.release();
    await Promise.all(others);
    expect(log[0]).toBe('first lets go');
    expect(log.slice(1).sort()).toEqual(['second has it', 'third has it']);
  });

  it('is one and the same however the path is spelled', async () => {
    mkdirSync(at('real'));
    symlinkSync(at('real'), at('link'));
    const lock = lockOf(at('real/run.jsonl'));
    await lock.take();
    expect(await taking(at('link/run.jsonl'))).toBe('locked');
    expect(await taking(at('real/../real/run.jsonl'))).toBe('locked');
    writeFileSync(at('real/run.jsonl'), '');
    symlinkSync(at('real/run.jsonl'), at('other.jsonl'));
    expect(await taking(at('other.jsonl'))).toBe('locked');
    await lock.release();
    expect(await taking(at('other.jsonl'))).toBe('free');
  });

  it('does not keep the next one waiting when its file is gone, and leaves that of another alone', async () => {
    const lock = lockOf(at('run.jsonl'));
    await lock.take();
    const theirs = JSON.stringify({ pid: 1, host: 'elsewhere' });
    writeFileSync(at('run.jsonl.lock'), theirs); // somebody removed ours by hand, and began a run
    await lock.release();
    expect(readFileSync(at('run.jsonl.lock'), 'utf8')).toBe(theirs);
    expect(await taking(at('run.jsonl'))).toBe('locked');
  });

  it('says what is wrong with a lock that cannot be read, instead of waiting for it to change', async () => {
    mkdirSync(at('run.jsonl.lock'));
    await expect(lockOf(at('run.jsonl')).take()).rejects.toMatchObject({
      problem: 'unreadable',
      code: 'EISDIR',
      message: `${at('run.jsonl.lock')} cannot be read (EISDIR: it is a folder: name a file)`,
    });
  });
});

describe('a lock that is there already', () => {
  const opened = closing();
  const at = tempFolder();
  const start = journalProcesses();
  afterEach(() => jest.restoreAllMocks());
  const left = (content: unknown): string => {
    writeFileSync(at('run.jsonl.lock'), typeof content === 'string' ? content : JSON.stringify(content));
    return at('run.jsonl');
  };

  it.each([
    ['a process that is no more', { pid: nobody, host: hostname() }, 'free'],
    ['this process, which does not know of it', { pid: process.pid, host: hostname() }, 'free'],
    ['an earlier process with the number of this one', { pid: process.pid, host: hostname(), born: '1' }, 'free'],
    [
      'an earlier process with the number of another',
      { pid: process.ppid, host: hostname(), born: '1' },
      isLinux ? 'free' : 'locked',
    ],
    ['a process that is there', { pid: process.ppid, host: hostname() }, 'locked'],
    ['a process of another machine', { pid: nobody, host: 'elsewhere' }, 'locked'],
    ['nobody, written just now', '', 'locked'],
    ['nobody: not JSON, written just now', '{"pid":', 'locked'],
    ['nobody: no number', { pid: -1, host: hostname() }, 'locked'],
  ])('of %s', async (_name, content, expected) => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.now()); // what is just now stays so while the machine stands still
    expect(await taking(left(content))).toBe(expected);
    expect(readdirSync(at('.'))).toEqual(expected === 'free' ? [] : ['run.jsonl.lock']);
  });

  it('of nobody is removed when it is some seconds old', async () => {
    const path = left('');
    const before = new Date(Date.now() - 10_000);
    utimesSync(`${path}.lock`, before, before);
    expect(await taking(path)).toBe('free');
  });

  it('of another thread of this process, which has a memory of its own, holds', async () => {
    const lock = lockOf(at('a'));
    await lock.take();
    copyFileSync(at('a.lock'), at('b.lock'));
    expect(await taking(at('b'))).toBe(isLinux ? 'locked' : 'free');
    await lock.release();
  });

  it('of a process that was killed and that nobody has fetched is free', async () => {
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60']);
    opened({ close: () => parent.kill('SIGKILL') });
    const [pid] = (await once(parent.stdout, 'data')) as [Buffer];
    const path = left({ pid: Number(pid), host: hostname() });
    let found = await taking(path);
    for (let tries = 0; isLinux && found === 'locked' && tries < 10_000; tries++) found = await taking(path); // it sleeps yet
    expect(found).toBe(isLinux ? 'free' : 'locked');
  });

  it('of a process that has it: refused to others, and free in the moment in which that is killed', async () => {
    const one = start();
    const path = at('run.jsonl');
    expect(await one.ask({ do: 'load', path })).toEqual({});
    await expect(lockOf(path).take()).rejects.toMatchObject({
      message: `${path} is written to by process ${String(one.pid)} on ${hostname()}: wait for its end, or if there is no such run remove ${path}.lock`,
    });
    await one.kill();
    expect(await taking(path)).toBe('free');
  });

  it('of a dead process goes to exactly one of several processes, every time', async () => {
    const racers = [start(), start(), start()];
    for (let round = 0; round < 60; round++) {
      const path = left({ pid: nobody, host: hostname(), token: String(round) });
      const dones = await Promise.all(racers.map((racer) => racer.ask({ do: 'load', path })));
      const problems = dones.map(({ failed }) => failed?.problem ?? 'taken').sort();
      expect(problems).toEqual(['locked', 'locked', 'taken']);
      await Promise.all(racers.map((racer) => racer.ask({ do: 'close' })));
      expect(readdirSync(at('.'))).toEqual(['run.jsonl']);
    }
  });

  it('cannot be made by a process that has too many files open: said in one line', async () => {
    const full = start('-n 64');
    await full.ask({ do: 'exhaust' });
    const { failed } = await full.ask({ do: 'load', path: at('run.jsonl') });
    expect(failed).toEqual({
      name: 'JournalError',
      problem: 'unwritable',
      code: 'EMFILE',
      message: `${at('run.jsonl')} cannot be written (EMFILE: this process has too many files open: raise its limit (ulimit -n))`,
    });
  });
});
