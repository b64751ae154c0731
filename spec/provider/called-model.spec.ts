import { right } from 'fp-ts/Either';
import { calledModel } from '../../lib/provider/called-model';

describe('calledModel', () => {
  it.each<[string, string | undefined, string]>([
    ['gpt-5-mini', undefined, 'gpt-5-mini'],
    ['gpt-5-mini', 'gpt-5', 'gpt-5-mini'],
    ['*', 'gpt-5', 'gpt-5'],
    ['ft:*:acme', 'gpt-5', 'ft:gpt-5:acme'],
    ['*', 'meta-llama/Llama-3.3-70B', 'meta-llama/Llama-3.3-70B'],
    ['*', '$&$1', '$&$1'],
    ['*', '😀', '😀'],
  ])('%j, asked for %j, is %j', (own, given, called) => {
    expect(calledModel(own, given, 'openai')).toEqual(right(called));
  });

  it.each([undefined, '', ' ', '.', '..', 'models/', 'a\ud800'])('a star cannot stand for %j', (given) => {
    expect(calledModel('ft:*', given, 'openai')).toMatchObject({
      left: {
        _tag: 'BadRequest',
        provider: 'openai',
        param: 'model',
        message: expect.stringMatching(/^openai: .*'ft:\*'.*; the request was not sent$/) as string,
      },
    });
  });
});
