import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { problemOf } from '../../../lib/domain/unreadable-request';
import { readBatch, type BatchRequest } from '../../../lib/node/index';
import { openFiles } from '../../support/open-files';
import { tempFolder } from '../../support/temp-folder';

async function all(requests: AsyncIterable<BatchRequest>): Promise<readonly BatchRequest[]> {
  const found: BatchRequest[] = [];
  for await (const request of requests) found.push(request);
  return found;
}

/** A request in short: its text, or `!` and what is wrong with it. */
const brief = (request: BatchRequest): string =>
  `${request.metadata.custom_id}@${String(request.metadata.line)} ${problemOf(request) ?? JSON.stringify(request.messages[0]?.content)}`;

describe('readBatch', () => {
  const at = tempFolder();
  const read = async (text: string | Buffer): Promise<readonly string[]> => {
    writeFileSync(at('in.jsonl'), text);
    return (await all(readBatch(at('in.jsonl')))).map(brief);
  };
  const batch = (body: unknown, more: object = {}): string =>
    JSON.stringify({ custom_id: 'a', method: 'POST', url: '/v1/chat/completions', body, ...more });
  const messages = [{ role: 'user', content: 'hi' }];

  it('reads every kind of line, and says which it was', async () => {
    const lines = [
      batch({ model: 'm', messages }),
      '"a prompt"',
      JSON.stringify(messages),
      JSON.stringify({ messages, temperature: 0 }),
      JSON.stringify({ custom_id: 'own', messages }),
      JSON.stringify({ id: 7, messages }),
    ];
    expect(await read(lines.join('\n'))).toEqual([
      'a@1 "hi"',
      'line-2@2 "a prompt"',
      'line-3@3 "hi"',
      'line-4@4 "hi"',
      'own@5 "hi"',
      '7@6 "hi"',
    ]);
  });

  it('hands on the body as it is, with metadata of ours in the place of theirs', async () => {
    const body = { model: 'm', messages, temperature: 0.5, metadata: { theirs: 1 }, unknown_field: [1] };
    writeFileSync(at('in.jsonl'), batch(body));
    expect(await all(readBatch(at('in.jsonl')))).toEqual([{ ...body, metadata: { custom_id: 'a', line: 1 } }]);
  });

  it.each([
    ['not JSON', 'line-1@1 line 1: not JSON'],
    ['[', 'line-1@1 line 1: not JSON on one line: write one record a line (jq -c ".[]")'],
    ['7', 'line-1@1 line 1: neither a prompt, nor messages, nor a request'],
    ['{"text":"a"}', 'line-1@1 line 1: neither a line of a batch file, nor a prompt, nor { messages }'],
    [batch(7), 'a@1 line 1: body must be an object'],
    [batch({}, { method: 'GET' }), 'a@1 line 1: method must be POST'],
    [batch({}, { url: '/v1/embeddings' }), 'a@1 line 1: url must be /v1/chat/completions: no other endpoint is served'],
    [batch({}, { custom_id: 7 }), '7@1 line 1: custom_id must be a text that is not empty'],
  ])('keeps a place for %s, with its number and without its text', async (line, said) => {
    expect(await read(`${line}\n"next"`)).toEqual([said, 'line-2@2 "next"']);
  });

  it('takes a byte order mark, CRLF and blank lines for what they are; blank ones keep their numbers', async () => {
    expect(await read('\uFEFF"a"\r\n\r\n  \n"b"\r\n\n"c"')).toEqual(['line-1@1 "a"', 'line-4@4 "b"', 'line-6@6 "c"']);
    expect(await read('')).toEqual([]);
    expect(await read('\n\n')).toEqual([]);
  });

  it('reads lines of any length, wherever they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.constantFrom(1, 100, 9_000)), {
          maxLength: 12,
        }),
        async (parts) => {
          const texts = parts.map(([text, times]) => text.repeat(times));
          const found = await read(texts.map((text) => `${JSON.stringify(text)}\n`).join(''));
          expect(found).toEqual(
            texts.map((text, i) => `line-${String(i + 1)}@${String(i + 1)} ${JSON.stringify(text)}`),
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  it('reads anew for every reader, opens nothing before, and closes what it has when it is left', async () => {
    writeFileSync(at('in.jsonl'), '"a"\n'.repeat(200_000));
    const requests = readBatch(at('in.jsonl'));
    expect(openFiles(at('.').slice(0, -1))).toEqual([]);
    for (let round = 0; round < 2; round++) {
      for await (const { metadata } of requests) {
        expect(openFiles(at('.').slice(0, -1))).toHaveLength(1);
        if (metadata.line === 3) break;
      }
      expect(openFiles(at('.').slice(0, -1))).toEqual([]);
    }
  });

  it('names a file that is not there, and a folder', async () => {
    await expect(all(readBatch(at('none.jsonl')))).rejects.toThrow(`there is no file ${at('none.jsonl')}`);
    await expect(all(readBatch(at('.')))).rejects.toThrow(/is a folder: name a file$/);
  });
});
