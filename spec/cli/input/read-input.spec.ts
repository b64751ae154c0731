import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { countRows } from '../../../lib/cli/input/count-rows';
import { firstOf } from '../../../lib/cli/input/first-of';
import { type InputOptions, readInput } from '../../../lib/cli/input/read-input';
import { problemOf } from '../../../lib/domain/unreadable-request';
import { openFiles } from '../../support/open-files';
import { tempFolder } from '../../support/temp-folder';

describe('readInput', () => {
  const at = tempFolder();
  const read = async (name: string, text: string, options: InputOptions = {}): Promise<readonly string[]> => {
    writeFileSync(at(name), text);
    const found: string[] = [];
    for await (const request of readInput(at(name), options)) {
      const said = problemOf(request) ?? JSON.stringify(request.messages[0]?.content);
      found.push(`${request.metadata.custom_id}@${String(request.metadata.line)} ${said}`);
    }
    expect(await countRows(at(name))).toBe(found.length);
    return found;
  };

  it('makes prompts of records by a field', async () => {
    const lines = [
      '{"text":"a","n":1}',
      '{"id":"x","text":7}',
      '{"n":1}',
      '"a prompt"',
      '{"custom_id":"c","text":{"b":1}}',
    ];
    expect(await read('in.jsonl', lines.join('\n'), { field: 'text' })).toEqual([
      'line-1@1 "a"',
      'x@2 "7"',
      'line-3@3 line 3: it has no field text; its fields are n',
      'line-4@4 "a prompt"',
      'c@5 "{\\"b\\":1}"',
    ]);
  });

  it('makes prompts of records by a template, fields of fields and braces included', async () => {
    const text = '{"a":{"b":"deep"},"c.d":"dotted","e":[1]}';
    const template = 'x {a.b} {c.d} {e} {{not}} { a.b }';
    expect(await read('in.jsonl', text, { template })).toEqual(['line-1@1 "x deep dotted [1] {not} deep"']);
    expect(await read('in.jsonl', '{"a":{}}', { template: '{a.b}' })).toEqual([
      'line-1@1 line 1: it has no field a.b; its fields are a',
    ]);
    expect(await read('in.jsonl', '{"a":"{b}"}', { template: '{a}' })).toEqual(['line-1@1 "{b}"']);
    expect(await read('in.jsonl', '{"a":"$& $1"}', { template: '{a}' })).toEqual(['line-1@1 "$& $1"']);
  });

  it('says of a record what would make a request of it', async () => {
    expect(await read('in.jsonl', '{"a":1,"b":2}')).toEqual([
      'line-1@1 line 1: no request: say --field or --template; its fields are a, b',
    ]);
  });

  it('reads CSV: quotes, line ends in fields, a byte order mark, records of another length', async () => {
    const csv = '\uFEFFid,text\r\n1,"a ""quoted"" word"\r\n2,"two\nlines"\r\n\r\n,short\r\n4,b,surplus\r\n';
    expect(await read('in.csv', csv, { field: 'text' })).toEqual([
      '1@2 "a \\"quoted\\" word"',
      expect.stringMatching(/^2@\d "two\\nlines"$/),
      expect.stringMatching(/^(line-\d)?@\d "short"$/),
      expect.stringMatching(/line \d: not as many fields as the first line/),
    ]);
    expect(await read('empty.csv', '', { field: 'text' })).toEqual([]);
    expect(await read('head.csv', 'id,text\n', { field: 'text' })).toEqual([]);
  });

  it('goes on behind records that cannot be read, and leaves no file open', async () => {
    const csv = 'id,text\n1,a,b\n2,"x\ny"\n3,"q"z"\n4,d\n';
    expect(await read('in.csv', csv, { template: '{id}: {text}' })).toEqual([
      expect.stringMatching(/^line-2@2 line 2: not as many fields/),
      '2@3 "2: x\\ny"',
      expect.stringMatching(/^line-5@5 line 5: a quote in the middle/),
      '4@6 "4: d"',
    ]);
    writeFileSync(at('long.csv'), `text\n${'a\n'.repeat(100_000)}`);
    for await (const { metadata } of readInput(at('long.csv'), { field: 'text' })) if (metadata.line === 9) break;
    expect(openFiles(dirname(at('x')))).toEqual([]);
  });

  it('says that a list in one line, or over many, is to be records a line', async () => {
    const said = 'write one record a line (jq -c ".[]")';
    expect((await read('in.json', '[{"text":"a"},{"text":"b"}]', { field: 'text' }))[0]).toContain(said);
    expect((await read('in.json', '[\n{"text":"a"}\n]', { field: 'text' }))[0]).toContain(said);
  });

  it('wants one way to make prompts, not two', () => {
    expect(() => readInput('in.jsonl', { field: 'a', template: '{a}' })).toThrow(
      '--field and --template are two ways to say the same: give one of them',
    );
  });

  it('names a file that is not there, and a folder', async () => {
    mkdirSync(at('folder.csv'));
    await expect(countRows(at('folder.csv'))).rejects.toThrow(`${at('folder.csv')} is a folder: name a file`);
    await expect(countRows(at('none.csv'))).rejects.toThrow(`there is no file ${at('none.csv')}`);
    await expect(countRows(at('none.jsonl'))).rejects.toThrow(`there is no file ${at('none.jsonl')}`);
  });

  it('lets go of a source after the first so many', async () => {
    let isLeft = false;
    async function* endless(): AsyncGenerator<number> {
      try {
        for (let i = 0; ; i++) yield await Promise.resolve(i);
      } finally {
        isLeft = true;
      }
    }
    const found: number[] = [];
    for await (const item of firstOf(3, endless())) found.push(item);
    expect(found).toEqual([0, 1, 2]);
    expect(isLeft).toBe(true);
  });
});
