import fc from 'fast-check';
import * as t from 'io-ts';
import { withOutput } from '../../lib/output/with-output';
import type { Completion } from '../../lib/domain/completion';
import type { CompletionError } from '../../lib/domain/error';

const Person = t.type({ name: t.string, age: t.number }, 'Person');

type Said = Partial<Completion['choices'][0]['message']> & { readonly finish_reason?: string };

const saying = ({ finish_reason = 'stop', ...message }: Said): Completion => ({
  id: 'c',
  created: 0,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: null, ...message }, finish_reason }],
  raw: null,
});

const read = (codec: t.Mixed, content: string | Said): unknown => {
  const completion = saying(typeof content === 'string' ? { content } : content);
  const outcome = withOutput(codec).read(completion);
  return outcome._tag === 'Right' ? outcome.right.output : outcome.left;
};

const failure = (codec: t.Mixed, content: string | Said): CompletionError => {
  const error = read(codec, content);
  expect(error).toBeInstanceOf(Error);
  return error as CompletionError;
};

const ada = { name: 'Ada', age: 36 };
const json = JSON.stringify(ada);

describe('what an answer is read as', () => {
  it.each([
    ['JSON', json],
    ['JSON with white space around it', `\n\t ${json} \n`],
    ['JSON in a fence', `\`\`\`json\n${json}\n\`\`\``],
    ['JSON in a fence without a language, with white space around it', ` \n\`\`\`\n${json}\`\`\` \n`],
    ['JSON in a fence with the line ends of Windows', `\`\`\`JSON \r\n${json}\r\n\`\`\``],
    ['JSON in several lines', JSON.stringify(ada, null, 2)],
  ])('%s', (_, content) => {
    expect(read(Person, content)).toEqual(ada);
  });

  it('keeps a fence that stands in a string', () => {
    const code = '```json\n{}\n```';
    expect(read(t.string, `\`\`\`json\n${JSON.stringify(code)}\n\`\`\``)).toBe(code);
    expect(read(t.string, JSON.stringify(code))).toBe(code);
  });

  it('is any JSON that the codec takes, as the codec has it', () => {
    const Upper = new t.Type(
      'Upper',
      t.string.is,
      (value, context) => (typeof value === 'string' ? t.success(value.toUpperCase()) : t.failure(value, context)),
      t.identity,
    );
    expect(read(t.array(Upper), '["a","b"]')).toEqual(['A', 'B']);
    expect(read(t.null, 'null')).toBeNull();
    expect(read(t.exact(Person), '{"name":"Ada","age":36,"more":1}')).toEqual(ada);
  });

  it.each([
    ['JSON behind words', `Here it is: ${json}`],
    ['a fence behind words', `Here it is:\n\`\`\`json\n${json}\n\`\`\``],
    ['two fences', `\`\`\`json\n${json}\n\`\`\`\n\`\`\`json\n${json}\n\`\`\``],
    ['a fence that does not end', `\`\`\`json\n${json}`],
    ['JSON with a comma too many', '{"name":"Ada","age":36,}'],
    ['half of it', json.slice(0, -4)],
  ])('is nothing for %s', (_, content) => {
    expect(failure(Person, content)).toMatchObject({ _tag: 'InvalidOutput', isRetryable: true, partial: content });
    expect(failure(Person, content).message).toMatch(/it is not JSON$/);
  });

  it('is nothing for what is dangerous to have', () => {
    const deep = `${'['.repeat(300)}${']'.repeat(300)}`;
    expect(failure(t.unknown, deep).message).toMatch(/it is nested deeper than 200$/);
    expect(failure(t.unknown, '{"__proto__":{}}').message).toMatch(/it has a key that would reach a prototype$/);
  });

  it('is the first choice alone', () => {
    const [choice] = saying({ content: 'no' }).choices;
    const second = { ...choice, index: 1, message: { ...choice.message, content: json } };
    const outcome = withOutput(Person).read({ ...saying({ content: 'no' }), choices: [choice, second] });
    expect(outcome).toMatchObject({ left: { _tag: 'InvalidOutput', partial: 'no' } });
  });
});

describe('an answer that cannot be read', () => {
  it('is told by its places and what was wanted there, and nothing that it says', () => {
    const People = t.type({ people: t.record(t.string, Person), tags: t.array(t.string) });
    const secret = { people: { 'Grace Hopper': { name: 'x', age: '4711' }, Ada: { name: 'y' } }, tags: ['a', 815] };
    const { message, partial } = failure(People, JSON.stringify(secret));
    expect(message).toBe(
      'the answer does not have the asked form: describe the form in the prompt. people[…].age: expected number; tags[1]: expected string',
    );
    expect(partial).toBe(JSON.stringify(secret));
  });

  it("has no words of the codec's own, which may quote it", () => {
    const Even = new t.Type(
      'Even',
      t.number.is,
      (value, context) => t.failure(value, context, `${String(value)} is not even`),
      t.identity,
    );
    expect(failure(t.type({ n: Even }), '{"n":4711}').message).toMatch(/\. n: expected Even$/);
  });

  it('names ten places and counts the rest', () => {
    const { message } = failure(t.array(t.string), JSON.stringify(Array.from({ length: 5000 }, (_, i) => i)));
    expect(message).toMatch(/\[9\]: expected string; and 4990 more$/);
    expect(message.length).toBeLessThan(1000);
  });

  it.each([
    ['{"it":{"name":"x"}}', 'it.age: expected number'],
    ['{"it":5}', 'it: expected (Person | null)'],
    ['{"it":{"n":"x"}}', 'it.name: expected string; it.age: expected number'],
  ])('says of something or null what is wrong with the something: %s', (content, said) => {
    const { message } = failure(t.type({ it: t.union([Person, t.null]) }), content);
    expect(message).toBe(`the answer does not have the asked form: describe the form in the prompt. ${said}`);
  });

  it('says of one of several forms that it is none of them, unless it says itself which it is', () => {
    const Shape = t.union([t.type({ r: t.number }), t.type({ side: t.number })], 'Shape');
    expect(failure(Shape, '{"r":"x"}').message).toMatch(/\. expected Shape$/);
    const Tagged = t.union([
      t.type({ kind: t.literal('circle'), r: t.number }),
      t.type({ kind: t.literal('square'), side: t.number }),
    ]);
    expect(failure(Tagged, '{"kind":"circle","r":"x"}').message).toMatch(/\. r: expected number$/);
  });

  it('says of parts of an intersection, and what is refined, where they stand', () => {
    const Both = t.exact(t.intersection([t.type({ a: t.string }), t.partial({ b: t.array(t.Int) })]));
    expect(failure(Both, '{"b":[1,1.5]}').message).toMatch(/\. a: expected string; b\[1\]: expected Int$/);
  });

  it.each([
    ['was cut off', { content: json.slice(0, -4), finish_reason: 'length' }, /max_tokens/],
    ['was filtered', { content: json.slice(0, -4), finish_reason: 'content_filter' }, /content filter/],
    ['calls a tool', { tool_calls: [{ id: '1', type: 'function', function: { name: 'f', arguments: '{}' } }] }, /tool/],
    ['refuses', { refusal: 'No.' }, /refused/],
  ] as const)('is not asked about again when it %s', (_, said, message) => {
    const error = failure(Person, said);
    expect(error).toMatchObject({ _tag: 'InvalidOutput', isRetryable: false });
    expect(error.message).toMatch(message);
  });

  it('has what was said instead', () => {
    expect(failure(Person, { refusal: 'No.' }).partial).toBe('No.');
  });

  it('is read all the same when nothing is missing', () => {
    expect(read(Person, { content: json, finish_reason: 'length' })).toEqual(ada);
    expect(read(Person, { content: json, refusal: null, tool_calls: [] })).toEqual(ada);
  });

  it('is a Defect when the codec throws', () => {
    const bad = new t.Type(
      'bad',
      t.string.is,
      () => {
        throw new RangeError('Ada');
      },
      t.identity,
    );
    expect(failure(bad, json)).toMatchObject({
      _tag: 'Defect',
      message: expect.stringMatching(/^the codec of withOutput threw a RangeError/),
    });
  });
});

describe('the laws of what is told', () => {
  const secret = 'top-secret-';
  const kept = fc.string().map((text) => `${secret}${text}`);
  const { json: anyJson } = fc.letrec((tie) => ({
    json: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      kept,
      fc.integer({ min: 4711, max: 4711 }),
      fc.constant(null),
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(kept, fc.constantFrom('name', 'age', 'people')), tie('json'), { noNullPrototype: true }),
    ),
  }));
  const codecs: readonly t.Mixed[] = [
    t.record(t.string, t.union([Person, t.array(t.boolean)])),
    t.exact(t.intersection([t.type({ people: t.array(Person) }), t.partial({ age: t.boolean })])),
    t.union([t.record(t.string, t.boolean), t.tuple([t.boolean, t.boolean]), t.literal(true)]),
  ];

  it('an error says nothing of the answer but in partial; the one who answered is told where', () => {
    fc.assert(
      fc.property(fc.constantFrom(...codecs), anyJson, (codec, value) => {
        const content = JSON.stringify(value);
        const outcome = withOutput(codec).read(saying({ content }));
        const error = outcome._tag === 'Left' ? outcome.left : undefined;
        expect(error?.partial ?? content).toBe(content);
        const { partial: _, ...told } = error?.toJSON() ?? {};
        expect(JSON.stringify(told)).not.toMatch(/top-secret|4711/);
        expect(String(error?.stack).replace(content, '')).not.toMatch(/top-secret|4711/);
        const [said, correction] = withOutput(codec).again({ messages: [] }, content).messages;
        expect([said?.content, correction?.role]).toEqual([content, 'user']);
      }),
    );
  });
});

describe('the request that asks again', () => {
  const request = { messages: [{ role: 'user', content: 'Who?' }], temperature: 0, metadata: { id: 7 } } as const;

  it('has the answer and what was wrong with it, the rest as it was', () => {
    const People = t.type({ people: t.record(t.string, Person) });
    const said = '{"people":{"Ada":{"name":5}}}';
    const again = withOutput(People).again(request, said);
    expect(again).toEqual({
      ...request,
      messages: [
        ...request.messages,
        { role: 'assistant', content: said },
        {
          role: 'user',
          content: `Your last answer cannot be used:
- people.Ada.name: expected string, got a number
- people.Ada.age: expected number, got nothing
Answer with the whole corrected JSON and nothing else.`,
        },
      ],
    });
    expect(request.messages).toHaveLength(1);
  });

  it('tells a model what is no JSON', () => {
    expect(withOutput(Person).again(request, 'Ada, 36').messages.at(-1)?.content).toMatch(/^- it is not JSON$/m);
  });

  it("tells a model the codec's own words", () => {
    const Even = new t.Type(
      'Even',
      t.number.is,
      (value, context) => t.failure(value, context, 'must be even'),
      t.identity,
    );
    expect(withOutput(Even).again(request, '5').messages.at(-1)?.content).toMatch(/^- must be even$/m);
  });

  it('leaves out an answer of nothing', () => {
    expect(
      withOutput(Person)
        .again(request, ' \n')
        .messages.map(({ role }) => role),
    ).toEqual(['user', 'user']);
  });
});

describe('withOutput', () => {
  it.each([-1, 0.5, NaN, Infinity, '1', null])('refuses reask: %p', (reask) => {
    expect(() => withOutput(Person, { reask } as never)).toThrow(
      new TypeError(
        `reask must be a whole number from 0, not ${typeof reask === 'string' ? `'${reask}'` : String(reask)}`,
      ),
    );
  });

  it.each([[undefined], [{}], [{ parse: () => ada }], [() => ada]])('refuses what is no codec', (codec) => {
    expect(() => withOutput(codec as never)).toThrow(/^withOutput takes a codec of io-ts, not /);
  });

  it('asks once again, unless told otherwise', () => {
    expect(withOutput(Person).reask).toBe(1);
    expect(withOutput(Person, { reask: undefined }).reask).toBe(1);
    expect(withOutput(Person, { reask: 0 }).reask).toBe(0);
  });
});
