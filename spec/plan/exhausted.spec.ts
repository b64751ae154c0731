import { completionError, type CompletionError } from '../../lib/domain/error';
import { choose, type Ask, type Choice } from '../../lib/plan/choose';
import type { DeploymentState } from '../../lib/plan/deployment';
import { group } from '../../lib/plan/group';
import { startProbe } from '../../lib/plan/health';
import { askOf } from '../support/ask-of';
import { cooled } from '../support/cooled';
import { deploymentOf } from '../support/deployment-of';

const serverError = completionError({ _tag: 'ServerError', status: 500, deployment: 'd' });
const wrongKey = completionError({ _tag: 'Authentication', status: 401 });
const longPause = completionError({ _tag: 'RateLimited', status: 429, retryAfterMs: 300_000 });

interface Situation {
  readonly ask?: Partial<Ask>;
  readonly now?: number;
  readonly whenExhausted?: 'wait' | 'fail';
}

function choiceOf(
  deployments: readonly DeploymentState[],
  { ask, now = 1000, whenExhausted = 'wait' }: Situation = {},
): Choice {
  return choose(group('g', deployments), askOf(ask), now, { whenExhausted, random: () => 0 });
}

function errorOf(choice: Choice): CompletionError {
  if (choice.kind !== 'fail') throw new Error(`expected a failure, got ${choice.kind}`);
  return choice.error;
}

const failing = (forMs = 5000, failedProbes = 0): DeploymentState =>
  cooled(deploymentOf({ id: 'failing' }), { cause: 'failing', forMs, error: serverError, failedProbes });
const wrong = (forMs = 5000, error = wrongKey): DeploymentState =>
  cooled(deploymentOf({ id: 'wrong' }), { cause: 'config', forMs, error });
const parked = (forMs: number, failedProbes = 0): DeploymentState =>
  cooled(deploymentOf({ id: 'parked' }), { cause: 'parked', forMs, error: longPause, failedProbes });
const full = (): DeploymentState => deploymentOf({ id: 'full', maxParallel: 0 });

function probing(one: DeploymentState): DeploymentState {
  one.health = startProbe(one.health);
  return one;
}

describe('when no deployment can take a request', () => {
  describe('one is only full', () => {
    it('waits for a call to end, or for another to come back, whichever is first', () => {
      expect(choiceOf([full()])).toEqual({ kind: 'wait', until: Infinity });
      expect(choiceOf([full(), failing()])).toEqual({ kind: 'wait', until: 5000 });
      expect(choiceOf([full(), wrong()])).toEqual({ kind: 'wait', until: 5000 });
      expect(choiceOf([full(), parked(300_000)])).toEqual({ kind: 'wait', until: 300_000 });
    });

    it('waits even where others are out for good, and with whenExhausted: fail', () => {
      expect(choiceOf([full(), wrong()], { whenExhausted: 'fail' }).kind).toBe('wait');
    });

    it('waits for the earliest of several pauses of its own', () => {
      const [a, b] = [deploymentOf(), deploymentOf()];
      const notBefore = new Map([
        [a, 1700],
        [b, 1300],
      ]);
      expect(choiceOf([a, b], { ask: { notBefore } })).toEqual({ kind: 'wait', until: 1300 });
    });
  });

  describe('all are excluded', () => {
    const one = deploymentOf();

    it('fails with the latest error itself', () => {
      const choice = choiceOf([one], { ask: { excluded: new Set([one]), lastError: wrongKey } });
      expect(errorOf(choice)).toBe(wrongKey);
    });

    it('does not wait for one that is full', () => {
      const other = full();
      expect(choiceOf([other], { ask: { excluded: new Set([other]), lastError: wrongKey } }).kind).toBe('fail');
    });
  });

  describe('all are out by their configuration', () => {
    it('fails at once with the last such error itself', () => {
      const latest = completionError({ _tag: 'NotFound', status: 404 });
      const group = [
        wrong(9000),
        cooled(deploymentOf(), { cause: 'config', forMs: 5000, error: latest }, 700),
        wrong(8000),
      ];
      expect(errorOf(choiceOf(group))).toBe(latest);
    });

    it('fails at once while one of them is being probed', () => {
      expect(errorOf(choiceOf([probing(wrong())], { now: 5000 }))).toBe(wrongKey);
    });
  });

  describe('the soonest back was failing', () => {
    it('waits for the next probe', () => {
      expect(choiceOf([failing(), failing(9000)])).toEqual({ kind: 'wait', until: 5000 });
    });

    it('ignores those with a wrong configuration, whose time the probe is tried at all the same', () => {
      expect(choiceOf([wrong(2000), failing()])).toEqual({ kind: 'wait', until: 2000 });
      expect(choiceOf([wrong(9000), failing()])).toEqual({ kind: 'wait', until: 5000 });
    });

    it('waits for a probe under way, or until another can be probed', () => {
      expect(choiceOf([probing(failing())], { now: 5000 })).toEqual({ kind: 'wait', until: Infinity });
      expect(choiceOf([probing(failing()), failing(9000)], { now: 5000 })).toEqual({ kind: 'wait', until: 9000 });
    });

    it('fails after a failed probe, until the next one', () => {
      const error = errorOf(choiceOf([failing(10_000, 1)], { now: 4000 }));
      expect(error).toMatchObject({
        _tag: 'NoDeployment',
        retryAfterMs: 6000,
        lastError: serverError,
        isRetryable: false,
      });
      expect(error.message).toContain(serverError.message);
      expect(choiceOf([failing(10_000, 1)], { now: 10_000 })).toMatchObject({ kind: 'send', probe: true });
    });

    it('waits for one that was not probed yet, when it is the sooner', () => {
      expect(choiceOf([failing(10_000, 1), failing(5000)])).toEqual({ kind: 'wait', until: 5000 });
    });

    it('fails at once with whenExhausted: fail, a probe under way or not', () => {
      const situation = { whenExhausted: 'fail', now: 5000 } as const;
      expect(errorOf(choiceOf([failing(6000)], situation))).toMatchObject({ _tag: 'NoDeployment', retryAfterMs: 1000 });
      expect(errorOf(choiceOf([probing(failing())], situation))).toMatchObject({
        _tag: 'NoDeployment',
        retryAfterMs: 0,
      });
    });

    it('does not begin a wait that would pass the deadline', () => {
      expect(choiceOf([failing()], { ask: { deadline: 5001 } }).kind).toBe('wait');
      const lastError = completionError({ _tag: 'Connection' });
      expect(errorOf(choiceOf([failing()], { ask: { deadline: 5000, lastError } }))).toBe(lastError);
      expect(errorOf(choiceOf([failing()], { ask: { deadline: 5000 } }))).toMatchObject({
        _tag: 'Timeout',
        phase: 'total',
      });
    });
  });

  describe('the soonest back is parked', () => {
    it('waits when the pause is a minute at most', () => {
      expect(choiceOf([parked(61_000)])).toEqual({ kind: 'wait', until: 61_000 });
      expect(choiceOf([parked(61_001)]).kind).toBe('fail');
    });

    it('waits only when the pause ends before the deadline', () => {
      expect(choiceOf([parked(30_000)], { ask: { deadline: 30_001 } }).kind).toBe('wait');
      expect(choiceOf([parked(30_000)], { ask: { deadline: 30_000 } }).kind).toBe('fail');
    });

    it('fails as rate-limited, with what is left of the pause', () => {
      const error = errorOf(choiceOf([parked(300_000)], { now: 100_000 }));
      expect(error).toMatchObject({ _tag: 'RateLimited', status: 429, retryAfterMs: 200_000 });
    });

    it('is not changed by whenExhausted, which is about failing ones', () => {
      expect(choiceOf([parked(30_000)], { whenExhausted: 'fail' })).toEqual({ kind: 'wait', until: 30_000 });
      expect(choiceOf([probing(parked(30_000))], { whenExhausted: 'fail', now: 30_000 }).kind).toBe('wait');
    });

    it('follows a failing one that is back sooner', () => {
      expect(choiceOf([parked(300_000), failing()])).toEqual({ kind: 'wait', until: 5000 });
    });

    it('waits after a probe that was refused, but no more when the pauses have come to a minute', () => {
      expect(choiceOf([parked(40_000, 3)])).toEqual({ kind: 'wait', until: 40_000 });
      expect(errorOf(choiceOf([parked(60_000, 4)], { now: 50_000 }))).toMatchObject({
        _tag: 'RateLimited',
        retryAfterMs: 10_000,
      });
      expect(choiceOf([parked(60_000, 4)], { now: 60_000 })).toMatchObject({ kind: 'send', probe: true });
      expect(choiceOf([probing(parked(60_000, 4))], { now: 60_000 }).kind).toBe('wait');
    });
  });

  describe('the request may be served by one alone', () => {
    const others = [full(), deploymentOf({ id: 'well' })];
    const only = (one: DeploymentState, now = 1000): Choice => choiceOf([...others, one], { ask: { only: one }, now });

    it('follows the cause of that one, however well the others are', () => {
      expect(only(failing())).toEqual({ kind: 'wait', until: 5000 });
      expect(errorOf(only(failing(10_000, 1)))).toMatchObject({ _tag: 'NoDeployment', lastError: serverError });
      expect(only(parked(30_000))).toEqual({ kind: 'wait', until: 30_000 });
      expect(errorOf(only(parked(300_000)))).toMatchObject({ _tag: 'RateLimited' });
      expect(errorOf(only(wrong()))).toBe(wrongKey);
      expect(only(failing(), 5000)).toMatchObject({ kind: 'send', probe: true });
    });

    it('by its tags likewise', () => {
      const eu = cooled(deploymentOf({ id: 'eu', tags: ['eu'] }), { cause: 'config', forMs: 5000, error: wrongKey });
      expect(errorOf(choiceOf([...others, eu], { ask: { tags: ['eu'] } }))).toBe(wrongKey);
    });
  });

  describe('another group can be asked', () => {
    const ask = { hasFallback: true };

    it('waits for room, but not for a cooldown', () => {
      expect(choiceOf([full()], { ask }).kind).toBe('wait');
      expect(errorOf(choiceOf([failing()], { ask }))).toMatchObject({ _tag: 'NoDeployment', retryAfterMs: 4000 });
      expect(errorOf(choiceOf([parked(30_000)], { ask }))).toMatchObject({ _tag: 'RateLimited', retryAfterMs: 29_000 });
    });

    it('does not wait for a probe under way either', () => {
      expect(errorOf(choiceOf([probing(failing())], { ask, now: 5000 }))).toMatchObject({ _tag: 'NoDeployment' });
      expect(errorOf(choiceOf([probing(parked(5000))], { ask, now: 6000 }))).toMatchObject({
        _tag: 'RateLimited',
        retryAfterMs: 0,
      });
    });

    it('probes one whose time has come', () => {
      expect(choiceOf([failing()], { ask, now: 5000 })).toMatchObject({ kind: 'send', probe: true });
    });
  });
});
