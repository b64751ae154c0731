import { defect } from '../../lib/domain/defect';

const secret = 'sk-secret-of-a-defect';

describe('defect', () => {
  it.each([
    ['a message of many lines', new Error(`prompt:\n    at ${secret} (x.ts:1:1)\n    at noon ${secret}`)],
    ['no message', new Error()],
    ['a stack of its own', Object.assign(new Error('short'), { stack: `${secret}\n    at ${secret}` })],
    ['no stack', Object.assign(new Error('short'), { stack: undefined })],
    ['a changed message', Object.assign(new Error(`${secret}\n    at ${secret}`), { message: 'short' })],
    ['a string', secret],
    ['an object', { message: secret, stack: secret }],
    ['null', null],
  ])('tells the kind and the place only: %s', (_, thrown) => {
    const { message } = defect('it', thrown);
    expect(message).toMatch(/^it threw a (Error|string|object)/);
    expect(message).not.toContain(secret);
  });
});
