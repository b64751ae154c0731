import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { left, right } from 'fp-ts/Either';
import { from, merge, of } from 'rxjs';
import type { CompletionRequest } from '../../../lib/domain/request';
import type { ParallelResult } from '../../../lib/domain/result';
import { batchLine } from '../../../lib/node/batch/batch-line';
import { batchJournal } from '../../../lib/node/index';
import { parallel$ } from '../../../lib/parallel';
import { createRouter, type FanoutRouter } from '../../../lib/router';
import { fakeProvider, type FakeProvider } from '../../../lib/testing';
import { allOf } from '../../support/all-of';
import { tempFolder } from '../../support/temp-folder';

const request = (custom_id: string, content = custom_id) => ({
  messages: [{ role: 'user' as const, content }],
  metadata: { custom_id, line: 1 },
});
const call = { id: 'c1', type: 'function' as const, function: { name: 'f', arguments: '{"a": 1' } };
const whole = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 7,
  model: 'm-2026',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: null, refusal: 'no ü', reasoning: 'hm', tool_calls: [call] },
      finish_reason: 'tool_calls',
      logprobs: { content: [{ token: 'a', logprob: -0.5 }] },
    },
  ],
  usage: {
    prompt_tokens: 5,
    completion_tokens: 7,
    total_tokens: 12,
    prompt_tokens_details: { cached_tokens: 3 },
    completion_tokens_details: { reasoning_tokens: 2 },
  },
};
const routerOf = (fake: FakeProvider): FanoutRouter =>
  createRouter({ deployments: [{ group: 'g', id: 'a', price: { input: 1, output: 2 }, ...fake }], maxRetries: 0 });
const answering = (): FakeProvider => fakeProvider(() => ({ status: 200, body: whole }));
const failing = (): FakeProvider =>
  fakeProvider(() => ({
    status: 400,
    headers: { 'x-request-id': 'r9' },
    body: { error: { message: 'too long', code: 'bad_size', param: 'n' } },
  }));
const linesOf = (path: string): readonly Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const withoutRaw = ({ outcome, ...row }: ParallelResult<unknown>): unknown => ({
  ...row,
  outcome: outcome._tag === 'Right' ? { ...outcome, right: { ...outcome.right, raw: undefined } } : outcome,
});

describe('batchJournal', () => {
  const at = tempFolder();

  it("writes the Batch API's lines, in OpenAI's own words, with what we need besides", async () => {
    await allOf(routerOf(answering()).parallel$([request('first')], { journal: batchJournal(at('out.jsonl')) }));
    const [line] = linesOf(at('out.jsonl'));
    expect(line).toMatchObject({ custom_id: 'first', error: null });
    expect(line?.['id']).toMatch(/^batch_req_[0-9a-f]{32}$/);
    expect(line?.['response']).toEqual({ status_code: 200, request_id: 'chatcmpl-1', body: whole });
    expect(line?.['fanout']).toMatchObject({ v: 1, occurrence: 0, index: 0, deployment: 'a' });
    expect(Object.keys(line ?? {})).toEqual(['id', 'custom_id', 'response', 'error', 'fanout']);
  });

  it('gives back the row as it was, whatever was in the answer', async () => {
    const journal = batchJournal(at('out.jsonl'));
    const [first] = await allOf(routerOf(answering()).parallel$([request('first')], { journal }));
    const fake = answering();
    const [again] = await allOf(routerOf(fake).parallel$([request('first')], { journal }));
    expect(fake.calls).toHaveLength(0);
    expect(again).toEqual({ ...(withoutRaw(first!) as object), restored: true });
  });

  it("writes failures as the Batch API's error file has them, and keeps them whole", async () => {
    const journal = batchJournal(at('out.jsonl'), { retryFailed: false });
    const malformed = { messages: [], metadata: { custom_id: 'second', line: 2 } } as CompletionRequest;
    const requests = [request('first'), malformed];
    const first = await allOf(routerOf(failing()).parallel$(requests, { journal, order: 'input' }));
    const byName = [...linesOf(at('out.jsonl'))].sort((a, b) =>
      String(a['custom_id']) < String(b['custom_id']) ? 1 : -1,
    );
    expect(byName).toEqual([
      expect.objectContaining({
        custom_id: 'second',
        response: null,
        error: { code: 'BadRequest', message: expect.stringContaining('malformed') as string },
      }),
      expect.objectContaining({
        custom_id: 'first',
        response: {
          status_code: 400,
          request_id: 'r9',
          body: {
            error: {
              message: expect.stringContaining('status 400') as string,
              type: 'BadRequest',
              param: 'n',
              code: 'bad_size',
            },
          },
        },
        error: null,
      }),
    ]);
    const again = await allOf(routerOf(answering()).parallel$(requests, { journal, order: 'input' }));
    expect(JSON.parse(JSON.stringify(again))).toEqual(
      JSON.parse(JSON.stringify(first.map((row) => ({ ...row, restored: true })))),
    );
  });

  it('has no prompt and no key in it', async () => {
    await allOf(
      routerOf(answering()).parallel$([request('first', 'a canary')], { journal: batchJournal(at('out.jsonl')) }),
    );
    expect(readFileSync(at('out.jsonl'), 'utf8')).not.toContain('canary');
  });

  it('names what has no name of its own by its place', async () => {
    await allOf(
      routerOf(answering()).parallel$(['x', 'y'], { journal: batchJournal(at('out.jsonl')), concurrency: 1 }),
    );
    expect(linesOf(at('out.jsonl')).map(({ custom_id }) => custom_id)).toEqual(['row-0', 'row-1']);
  });

  it('gives back whatever completion it was given', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    const optional = { requiredKeys: ['role', 'content'] as ['role', 'content'] };
    const message = fc.record(
      {
        role: fc.constant('assistant' as const),
        content: fc.option(text),
        refusal: fc.option(text),
        reasoning: text,
        tool_calls: fc.array(fc.constant(call), { maxLength: 2 }),
      },
      optional,
    );
    const usage = fc.record(
      {
        promptTokens: fc.nat(),
        completionTokens: fc.nat(),
        totalTokens: fc.nat(),
        cachedTokens: fc.nat(),
        reasoningTokens: fc.nat(),
      },
      { requiredKeys: ['promptTokens', 'completionTokens', 'totalTokens'] },
    );
    const choice = fc.record({ index: fc.nat(), message, finish_reason: text, logprobs: fc.jsonValue() });
    const completion = fc.record(
      { id: text, created: fc.nat(), model: text, choices: fc.array(choice, { minLength: 1, maxLength: 3 }), usage },
      { requiredKeys: ['id', 'created', 'model', 'choices'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(completion, { minLength: 1, maxLength: 5 }), async (completions) => {
        const path = at(`law-${String(readdirSync(at('.')).length)}.jsonl`);
        const entries = completions.map((given, index) => ({
          key: 'k',
          occurrence: index,
          index,
          result: {
            outcome: right(JSON.parse(JSON.stringify(given)) as unknown),
            timing: { queuedMs: 0, elapsedMs: 1 },
          },
        }));
        const [first, second] = [batchJournal(path), batchJournal(path)];
        await allOf(from(first.load()));
        await allOf(merge(...entries.map((entry) => first.append(entry))));
        await allOf(from(first.close?.() ?? []));
        await allOf(from(second.load()));
        const found = entries.map(({ key, occurrence }) => second.find?.(key, occurrence));
        await allOf(from(second.close?.() ?? []));
        expect(found).toEqual(entries.map(({ result }) => result));
      }),
      { numRuns: 50 },
    );
  });

  it('is no journal of a run of your own, whose results have no place in such a line', async () => {
    const run = (text: string) => of(text);
    await expect(allOf(parallel$(['a'], { run, journal: batchJournal(at('out.jsonl')) }))).rejects.toMatchObject({
      name: 'JournalError',
      message: expect.stringContaining('write the results of a run of your own with fileJournal') as string,
    });
    expect(readFileSync(at('out.jsonl'), 'utf8')).toBe('');
  });

  it('refuses an output of the Batch API that it has not written, and leaves it as it is', async () => {
    const line = JSON.stringify({ ...batchLine(left({ message: 'no' }), 'x', 0) });
    writeFileSync(at('out.jsonl'), `${line}\n`);
    const run$ = routerOf(answering()).parallel$(['x'], { journal: batchJournal(at('out.jsonl')) });
    await expect(allOf(run$)).rejects.toMatchObject({ problem: 'version' });
    expect(readFileSync(at('out.jsonl'), 'utf8')).toBe(`${line}\n`);
  });
});
