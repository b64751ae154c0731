import type { Tag } from '../../lib/domain/error';
import type { Cause } from '../../lib/plan/health';
import { createRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeReply } from '../../lib/testing/index';
import { brief } from '../support/brief';
import { rowsOf } from '../support/rows-of';

interface Row {
  readonly of: string;
  readonly reply: FakeReply;
  readonly tag: Tag;
  /** Calls that a lone deployment gets that always answers so. */
  readonly calls: number;
  /** Whether another deployment of the group is asked. */
  readonly moves: boolean;
  /** Why the deployments are left alone after ten such answers. */
  readonly cause?: Cause;
}

const said = (status: number, code?: string, message = 'no'): FakeReply => ({
  status,
  body: { error: { message, type: null, param: null, code: code ?? null } },
});
const hinted = (status: number, seconds: number): FakeReply => ({
  status,
  headers: { 'retry-after': String(seconds) },
});
const advised = (status: number, retry: boolean): FakeReply => ({
  status,
  headers: { 'x-should-retry': String(retry) },
});
const answer = (body: unknown): FakeReply => ({ status: 200, body });

const table: readonly Row[] = [
  { of: '429', reply: { status: 429 }, tag: 'RateLimited', calls: 11, moves: true },
  { of: '429 with a short hint', reply: hinted(429, 1), tag: 'RateLimited', calls: 11, moves: true },
  { of: '429 with a hint of a minute', reply: hinted(429, 60), tag: 'RateLimited', calls: 3, moves: true },
  { of: '429 with a longer hint', reply: hinted(429, 61), tag: 'RateLimited', calls: 1, moves: true, cause: 'parked' },
  { of: '529', reply: { status: 529 }, tag: 'Overloaded', calls: 11, moves: true },
  { of: '503 with an overload code', reply: said(503, 'server_overloaded'), tag: 'Overloaded', calls: 11, moves: true },
  {
    of: '429 for a used up quota',
    reply: said(429, 'insufficient_quota'),
    tag: 'QuotaExhausted',
    calls: 1,
    moves: true,
    cause: 'config',
  },
  { of: '402', reply: { status: 402 }, tag: 'QuotaExhausted', calls: 1, moves: true, cause: 'config' },
  {
    of: '400 for a used up credit',
    reply: said(400, undefined, 'Your credit balance is too low'),
    tag: 'QuotaExhausted',
    calls: 1,
    moves: true,
    cause: 'config',
  },
  { of: '401', reply: { status: 401 }, tag: 'Authentication', calls: 1, moves: true, cause: 'config' },
  { of: '403', reply: { status: 403 }, tag: 'PermissionDenied', calls: 1, moves: true, cause: 'config' },
  { of: '404', reply: { status: 404 }, tag: 'NotFound', calls: 1, moves: true, cause: 'config' },
  { of: '400', reply: { status: 400 }, tag: 'BadRequest', calls: 1, moves: false },
  { of: '413', reply: { status: 413 }, tag: 'BadRequest', calls: 1, moves: false },
  { of: '422', reply: { status: 422 }, tag: 'BadRequest', calls: 1, moves: false },
  { of: '418', reply: { status: 418 }, tag: 'BadRequest', calls: 1, moves: false },
  {
    of: 'a prompt too long',
    reply: said(400, 'context_length_exceeded'),
    tag: 'ContextWindowExceeded',
    calls: 1,
    moves: false,
  },
  {
    of: 'a prompt refused',
    reply: said(400, 'content_policy_violation'),
    tag: 'ContentPolicyViolation',
    calls: 1,
    moves: false,
  },
  ...[408, 409, 500, 502, 503, 504].map((status): Row => ({
    of: String(status),
    reply: { status },
    tag: 'ServerError',
    calls: 3,
    moves: true,
    cause: 'failing',
  })),
  { of: 'a reset', reply: { fail: 'reset' }, tag: 'Connection', calls: 3, moves: true, cause: 'failing' },
  { of: 'half a body', reply: { fail: 'cut' }, tag: 'Connection', calls: 3, moves: true, cause: 'failing' },
  { of: 'silence', reply: { fail: 'hang' }, tag: 'Timeout', calls: 3, moves: true, cause: 'failing' },
  ...[
    { of: 'an empty 200', reply: { status: 200 } },
    { of: '204', reply: { status: 204 } },
    { of: 'no choices', reply: answer({ id: 'c', choices: [] }) },
    { of: 'another kind of body', reply: answer(['hello']) },
  ].map((row): Row => ({ ...row, tag: 'InvalidResponse', calls: 2, moves: true, cause: 'failing' })),
  { of: 'a redirect', reply: { status: 302 }, tag: 'InvalidResponse', calls: 1, moves: true, cause: 'failing' },
  {
    of: '500 not to be retried',
    reply: advised(500, false),
    tag: 'ServerError',
    calls: 1,
    moves: true,
    cause: 'failing',
  },
  { of: '429 not to be retried', reply: advised(429, false), tag: 'RateLimited', calls: 1, moves: true },
  { of: '400 to be retried', reply: advised(400, true), tag: 'BadRequest', calls: 3, moves: true },
  {
    of: '401 to be retried',
    reply: advised(401, true),
    tag: 'Authentication',
    calls: 3,
    moves: true,
    cause: 'failing',
  },
];

const always = (reply: FakeReply): ReturnType<typeof fakeProvider> => fakeProvider([reply]);
const timeouts = { attemptMs: 50 };

describe('what a failure leads to', () => {
  it.each(table)('$of: calls of a lone deployment, and its end', ({ reply, tag, calls }) => {
    const fake = always(reply);
    const { result$ } = createRouter({ ...virtualTime, timeouts, deployments: [{ group: 'fake', ...fake }] });
    const [row] = rowsOf(() => result$('hello'));
    expect(row?.outcome).toMatchObject({ _tag: 'Left', left: { _tag: tag, deployment: 'fake/fake/fake' } });
    expect(fake.calls).toHaveLength(calls);
    expect(row?.attempts).toHaveLength(calls);
    expect(row?.outcome).toMatchObject({ left: { attempts: row?.attempts } });
  });

  it.each(table)('$of: another deployment of the group', ({ reply, tag, moves }) => {
    const [failing, healthy] = [always(reply), fakeProvider([{ text: 'ok' }])];
    const { result$ } = createRouter({
      ...virtualTime,
      timeouts,
      deployments: [
        { group: 'fake', ...failing },
        { group: 'fake', ...healthy },
      ],
    });
    expect(rowsOf(() => result$('hello')).map(brief)).toEqual([moves ? 'ok' : `!${tag}`]);
    expect(failing.calls).toHaveLength(1);
    const failedAt = 'fail' in reply && reply.fail === 'hang' ? 50 : 0;
    expect(healthy.calls.map(({ at }) => at)).toEqual(moves ? [failedAt] : []);
  });

  it.each(table)('$of: another group', ({ reply, tag }) => {
    const group = (name: string) => ({ group: name, ...fakeProvider([{ text: name }]) });
    const { result$ } = createRouter({
      ...virtualTime,
      timeouts,
      deployments: [{ group: 'fake', ...always(reply) }, group('other'), group('longer'), group('laxer')],
      fallbacks: { fake: ['other'] },
      contextWindowFallbacks: { fake: ['longer'] },
      contentPolicyFallbacks: { '*': ['laxer'] },
    });
    const [row] = rowsOf(() => result$({ model: 'fake', messages: [{ role: 'user', content: 'hello' }] }));
    const special: Partial<Record<Tag, string>> = {
      ContextWindowExceeded: 'longer',
      ContentPolicyViolation: 'laxer',
      BadRequest: '!BadRequest',
    };
    expect(row && brief(row)).toBe(special[tag] ?? 'other');
  });

  it.each(table)('$of: the health of its deployment', ({ reply, cause }) => {
    const { parallel$, snapshot } = createRouter({
      ...virtualTime,
      timeouts,
      maxRetries: 0,
      maxThrottles: 0,
      health: { whenExhausted: 'fail' },
      deployments: [
        { group: 'fake', ...always(reply) },
        { group: 'fake', ...always(reply) },
      ],
    });
    expect(rowsOf(() => parallel$(Array(10).fill('hello')))).toHaveLength(10);
    expect(snapshot().deployments.map((one) => one.cause)).toContain(cause);
  });
});
