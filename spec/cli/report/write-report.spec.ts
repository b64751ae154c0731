import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { plotLibrary } from '../../../lib/cli/report/plot-library';
import { writeReport } from '../../../lib/cli/report/write-report';
import { tempFolder } from '../../support/temp-folder';

interface Call {
  readonly deployment?: string;
  readonly startedAt?: number;
  readonly elapsedMs?: number;
  readonly ended?: string;
  readonly cost?: number;
  readonly hedge?: true;
}
const startedAt = Date.UTC(2026, 10, 27, 12);
const callOf = (call: Call = {}): object => ({
  deployment: 'a',
  startedAt,
  elapsedMs: 100,
  ended: 'ok',
  ...((call.ended ?? 'ok') === 'ok'
    ? { usage: { promptTokens: 4, completionTokens: 6, totalTokens: 10 }, cost: 0.5 }
    : { cost: 0 }),
  ...call,
});
const lineOf = (calls: readonly Call[], error?: object): string =>
  JSON.stringify({
    custom_id: 'secret name',
    response: { body: { choices: [{ message: { content: 'a secret answer' } }] } },
    fanout: {
      v: 1,
      key: 'k',
      attempts: calls.map(callOf),
      timing: { queuedMs: 0, elapsedMs: 100 },
      ...(error && { error }),
    },
  });

describe('writeReport', () => {
  const at = tempFolder();
  const report = async (text: string): Promise<string> => {
    writeFileSync(at('out.jsonl'), text);
    const plots = await plotLibrary(dirname(createRequire(__filename).resolve('uplot')));
    await writeReport(at('out.jsonl'), at('page.html'), plots);
    return readFileSync(at('page.html'), 'utf8');
  };
  /** What the page's charts are drawn from. */
  const dataIn = (page: string): Record<string, unknown> => {
    const [, data = ''] = /\)\((\{.*\}), uPlot, \[/s.exec(page) ?? [];
    return JSON.parse(data) as Record<string, unknown>;
  };

  it('sums up what a run did', async () => {
    const page = await report(
      `${[
        lineOf([{}]),
        lineOf([{ ended: 'failed' }, { startedAt: startedAt + 200 }]),
        lineOf([{ ended: 'throttled' }, { deployment: 'b', hedge: true }]),
        lineOf([{ ended: 'failed' }, { ended: 'failed' }], { _tag: 'ServerError', message: 'it is down' }),
        lineOf([], { _tag: 'BadRequest', message: 'line 5: not JSON' }),
      ].join('\n')}\n`,
    );
    expect(page).toContain('<dt>Requests</dt><dd>5<small>3 answered, 17\u00a0a\u00a0second</small>');
    expect(page).toContain('<dt>Failed</dt><dd class="bad">2<small>40.0\u00a0%</small>');
    expect(page).toContain('<dt>Calls</dt><dd>7<small>2 retries, 1 throttled, 1 hedged</small>');
    expect(page).toContain('<dt>Tokens</dt><dd>30<small>12 read, 18 written</small>');
    expect(page).toContain('<dt>Cost</dt><dd>$1.50<');
    expect(page).toMatch(/<th scope="row">ServerError<\/th>\s*<td>1<\/td>\s*<td class="text">it is down<\/td>/);
    expect(page).toMatch(/<th scope="row">a<\/th>\s*<td>2<small>20 tokens<\/small><small>\$1\.00<\/small><\/td>/);
    expect(dataIn(page)).toMatchObject({ deployments: ['a', 'b'], failed: expect.arrayContaining([3]) as unknown });
  });

  it('holds no answer and loads nothing', async () => {
    const page = await report(`${lineOf([{}])}\n`);
    expect(page).not.toContain('secret');
    expect(page.replace(/https?:\/\/(www\.w3\.org|github\.com)[^\s"']*/g, '')).not.toMatch(
      /(src|href)=|url\(|@import|https?:\/\//,
    );
  });

  it('lets no name and no message be more than text', async () => {
    const evil = '</script><script>alert(1)</script><b>&"';
    const page = await report(`${lineOf([{ deployment: evil }], { _tag: evil, message: evil })}\n`);
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    expect(page).not.toContain('<b>');
    expect(dataIn(page)).toMatchObject({ deployments: [evil] });
  });

  it('knows no cost when a price is not known', async () => {
    const page = await report(
      `${JSON.stringify({ fanout: { attempts: [{ ...callOf(), cost: undefined }], timing: { elapsedMs: 1 } } })}\n`,
    );
    expect(page).toContain('<dt>Cost</dt><dd>unknown<');
  });

  it('says when the last line is torn, and when there is nothing', async () => {
    expect(await report(`${lineOf([{}])}\n${lineOf([{}]).slice(0, 50)}`)).toContain('The last line is not whole');
    expect(await report('')).toContain('No request has finished.');
  });

  it('counts no pause between two parts of a run as its time', async () => {
    const later = startedAt + 7 * 86_400_000;
    const page = await report(`${lineOf([{}])}\n${lineOf([{ startedAt: later, elapsedMs: 900 }])}\n`);
    expect(page).toMatch(
      /<dt>Time<\/dt><dd>1\.\d.s<small>from the first call to the last end, without 168.h 0.min of pauses/,
    );
    expect(page).toMatch(/2 answered, 1\.\d.a.second/);
  });

  it('tells what it does not know: no latency when all failed, tokens that are an estimate, nothing of calls when none was made', async () => {
    const failed = await report(`${lineOf([{ ended: 'failed' }], { _tag: 'ServerError', message: 'down' })}\n`);
    expect(failed).toContain('<dt>Latency, median</dt><dd>none<small>nothing was answered</small>');
    const usage = { promptTokens: 4, completionTokens: 6, totalTokens: 10, estimated: true };
    const aborted = JSON.stringify({
      fanout: { attempts: [{ ...callOf({ ended: 'aborted' }), usage }], timing: { elapsedMs: 1 } },
    });
    expect(await report(`${aborted}\n`)).toContain('<td>1<small>≈ 10 tokens</small>');
    const unsent = await report(`${lineOf([], { _tag: 'BadRequest', message: 'line 1: not JSON' })}\n`);
    expect(unsent).toContain('No call was made.');
    expect(unsent).not.toContain('<script>');
  });

  it('refuses a file of something else, by its line, and writes nothing', async () => {
    await expect(report(`${lineOf([{}])}\n{"id":1}\n`)).rejects.toThrow(
      /line 2 is not the output of a run of rx-fanout$/,
    );
    expect(() => readFileSync(at('page.html'))).toThrow('ENOENT');
  });

  it.each([[{ startedAt: 1e300 }], [{ elapsedMs: 1e300 }]])('refuses times that no clock gave: %j', async (call) => {
    await expect(report(`${lineOf([call])}\n`)).rejects.toThrow(/line 1 is not the output of a run/);
  });

  it('is no larger for a hundred thousand requests', async () => {
    const line = (i: number): string => `${lineOf([{ startedAt: startedAt + i * 37, elapsedMs: 50 + (i % 977) }])}\n`;
    const page = await report(Array.from({ length: 100_000 }, (_, i) => line(i)).join(''));
    expect(page).toContain('A sample of 4 000 of 100 000.');
    expect(page.length).toBeLessThan(300_000);
  });
});
