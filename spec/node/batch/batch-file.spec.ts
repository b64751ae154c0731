import { execFileSync } from 'node:child_process';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import type OpenAI from 'openai';
import { openAICompatible } from '../../../lib/provider/openai/openai-compatible';
import { readBatch, writeBatch } from '../../../lib/node/index';
import { createRouter } from '../../../lib/router';
import { fakeProvider, simulateProviders, type SimulatedProviders } from '../../../lib/testing';
import { allOf } from '../../support/all-of';
import { collectGarbage } from '../../support/collect-garbage';
import { tempFolder } from '../../support/temp-folder';

/** A line of an output file, as OpenAI's documents and types have it. */
interface OutputLine {
  readonly id: string;
  readonly custom_id: string;
  readonly response: { status_code: number; request_id: string; body: OpenAI.ChatCompletion } | null;
  readonly error: { code: string; message: string } | null;
}

const outputOf = (path: string): readonly OutputLine[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as OutputLine);
const lineOf = (custom_id: string, content: string): string =>
  JSON.stringify({
    custom_id,
    method: 'POST',
    url: '/v1/chat/completions',
    body: { model: 'gpt-4o-mini', messages: [{ role: 'user', content }], max_tokens: 20 },
  });

const count = 10_000;

describe('a file that was made for the Batch API', () => {
  const at = tempFolder();
  let simulated: SimulatedProviders;
  beforeAll(async () => {
    simulated = await simulateProviders();
  });
  afterAll(() => simulated.close());

  it('is run as it stands, and its output read by whoever reads theirs', async () => {
    const lines = [lineOf('first', 'Name a fruit'), 'no JSON', lineOf('third', 'Name a fish'), '{"custom_id":"d"}'];
    writeFileSync(at('in.jsonl'), lines.join('\n'));
    const provider = openAICompatible({ model: '*', baseURL: `${simulated.url}/v1` });
    const router = createRouter({ deployments: [{ group: '*', provider }] });
    const rows$ = router.parallel$(readBatch(at('in.jsonl')), { concurrency: 4 }).pipe(writeBatch(at('out.jsonl')));
    const rows = await allOf(rows$);
    router.close();
    expect(rows.map(({ request, index }) => [index, request.metadata.line]).sort()).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
    ]);
    expect(simulated.stats().requests).toBe(2);
    const output = new Map(outputOf(at('out.jsonl')).map((line) => [line.custom_id, line]));
    for (const name of ['first', 'third']) {
      const { response, error, id } = output.get(name)!;
      expect(error).toBeNull();
      expect(id).toMatch(/^batch_req_/);
      expect(response?.status_code).toBe(200);
      expect(response?.body.object).toBe('chat.completion');
      expect(response?.body.choices[0]?.message.content).toMatch(/\w/);
      expect(response?.body.usage?.total_tokens).toBeGreaterThan(1);
    }
    expect(output.get('line-2')).toMatchObject({
      response: null,
      error: { code: 'BadRequest', message: 'line 2: not JSON' },
    });
    expect(output.get('d')?.error?.message).toBe(
      'line 4: neither a line of a batch file, nor a prompt, nor { messages }',
    );
  });

  const writeLong = (content: string): void => {
    const lines = Array.from({ length: count }, (_, i) => `${lineOf(`r${String(i)}`, content)}\n`);
    writeFileSync(at('in.jsonl'), lines.join(''));
  };

  it('is read as it is taken: 10 000 lines in order, in the memory of a few', async () => {
    writeLong('ü'.repeat(2_000));
    let [most, read, right] = [0, 0, 0];
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for await (const { metadata } of readBatch(at('in.jsonl'))) {
      if (metadata.custom_id === `r${String(read)}` && metadata.line === read + 1) right += 1;
      read += 1;
      if (read % 2_500 !== 0) continue;
      collectGarbage();
      most = Math.max(most, process.memoryUsage().heapUsed - before);
    }
    expect([read, right]).toEqual([count, count]);
    expect(most).toBeLessThan(20e6); // of a file of 40 MB
  });

  it('is run to its last line, each of them once', async () => {
    writeLong('x');
    const fake = fakeProvider(() => ({ text: 'y' }));
    const router = createRouter({ deployments: [{ group: '*', ...fake }] });
    const rows$ = router.parallel$(readBatch(at('in.jsonl')), { concurrency: 64 }).pipe(writeBatch(at('out.jsonl')));
    const rows = await allOf(rows$);
    const names = outputOf(at('out.jsonl')).map(({ custom_id }) => custom_id);
    expect([rows.length, names.length, new Set(names).size, fake.calls.length]).toEqual([count, count, count, count]);
  });

  it('may come out of a pipe', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    const writer = createWriteStream(at('pipe'));
    writer.end(`${lineOf('a', 'x')}\n"${'y'.repeat(300_000)}"\n`);
    const names: string[] = [];
    for await (const { metadata } of readBatch(at('pipe'))) names.push(metadata.custom_id);
    expect(names).toEqual(['a', 'line-2']);
  });

  it('serves readers that ask before they were answered in the order in which they ask', async () => {
    writeFileSync(at('in.jsonl'), '"a"\n'.repeat(20));
    const reader = readBatch(at('in.jsonl'))[Symbol.asyncIterator]();
    const steps = await Promise.all(Array.from({ length: 22 }, () => reader.next()));
    expect(steps.map(({ value }) => (value as { metadata: { line: number } } | undefined)?.metadata.line)).toEqual([
      ...Array.from({ length: 20 }, (_, i) => i + 1),
      undefined,
      undefined,
    ]);
  });
});
