import { choose, isReady, type Ask, type Choice } from '../../lib/plan/choose';
import type { DeploymentState } from '../../lib/plan/deployment';
import { group } from '../../lib/plan/group';
import { startProbe } from '../../lib/plan/health';
import { askOf } from '../support/ask-of';
import { cooled } from '../support/cooled';
import { deploymentOf } from '../support/deployment-of';

/** With `random` 0 the first candidate is taken. */
function choiceOf(deployments: readonly DeploymentState[], ask: Partial<Ask> = {}, now = 0, random = 0): Choice {
  return choose(group('g', deployments), askOf(ask), now, { whenExhausted: 'wait', random: () => random });
}

describe('choose', () => {
  const [a, b, c] = [deploymentOf({ id: 'a' }), deploymentOf({ id: 'b' }), deploymentOf({ id: 'c' })];
  const full = deploymentOf({ id: 'full', maxParallel: 0 });

  it('takes any that is well and has room', () => {
    expect(choiceOf([full, b])).toEqual({ kind: 'send', deployment: b, probe: false });
  });

  it('leaves one alone that has as much in flight as it has learned to take', () => {
    const busy = Object.assign(deploymentOf(), { inFlight: 3, parallelism: { limit: 3, since: 0 } });
    expect(choiceOf([busy, b])).toMatchObject({ deployment: b });
    expect(choiceOf([busy])).toEqual({ kind: 'wait', until: Infinity });
  });

  it('prefers one that was not tried yet', () => {
    expect(choiceOf([a, b, c], { tried: new Set([a, b]) })).toMatchObject({ deployment: c });
  });

  it('tries one again when no other has room', () => {
    expect(choiceOf([a, full], { tried: new Set([a]) })).toMatchObject({ deployment: a });
  });

  it('never takes an excluded one', () => {
    expect(choiceOf([a, b], { excluded: new Set([a]), tried: new Set([b]) })).toMatchObject({ deployment: b });
  });

  it('takes one that throttled this request from the moment it may be asked again', () => {
    const notBefore = new Map([[a, 100]]);
    expect(choiceOf([a], { notBefore }, 99)).toEqual({ kind: 'wait', until: 100 });
    expect(choiceOf([a], { notBefore }, 100)).toMatchObject({ deployment: a });
    expect(choiceOf([a, b], { notBefore }, 99)).toMatchObject({ deployment: b });
  });

  it('gives nobody a deployment that cools down, and one request the probe afterwards', () => {
    const sick = cooled(deploymentOf({ id: 'sick' }), { cause: 'failing', forMs: 5000 });
    expect(choiceOf([sick, b], {}, 4999)).toMatchObject({ deployment: b });
    expect(choiceOf([sick, b], {}, 5000)).toEqual({ kind: 'send', deployment: sick, probe: true });
    sick.health = startProbe(sick.health);
    expect(choiceOf([sick, b], {}, 5000)).toMatchObject({ deployment: b, probe: false });
  });

  it('says of each one alone whether it is ready', () => {
    const ask = askOf({ notBefore: new Map([[b, 10]]) });
    expect([a, b, full].map((one) => isReady(one, ask, 9))).toEqual([true, false, false]);
    expect(isReady(b, ask, 10)).toBe(true);
  });

  it('does not ask chance when there is no choice', () => {
    const never = (): number => {
      throw new Error('asked');
    };
    expect(choose(group('g', [a, full]), askOf(), 0, { whenExhausted: 'wait', random: never })).toMatchObject({
      deployment: a,
    });
  });
});
