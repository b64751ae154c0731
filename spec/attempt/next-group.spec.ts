import fc from 'fast-check';
import { nextGroup, type Course, type FallbackRules } from '../../lib/attempt/next-group';
import { group, pool, type Group } from '../../lib/plan/group';
import type { Target } from '../../lib/plan/target';
import { deploymentOf } from '../support/deployment-of';

const names = ['a', 'b', 'c', 'd', 'e', 'openai/*'] as const;
const all = pool();
const groups = new Map(names.map((name) => [name as string, group(name, [], undefined, all)]));
const to = (name: string): Target => ({ group: groups.get(name)! });
const targets = (list: readonly string[]): readonly Target[] => list.map(to);
const table = (lists: Readonly<Record<string, readonly string[]>>) =>
  new Map(Object.entries(lists).map(([name, list]) => [name, targets(list)]));

interface Lists {
  readonly fallbacks?: Readonly<Record<string, readonly string[]>>;
  readonly contextWindowFallbacks?: Readonly<Record<string, readonly string[]>>;
  readonly contentPolicyFallbacks?: Readonly<Record<string, readonly string[]>>;
  readonly maxFallbacks?: number;
}

const rulesOf = ({ maxFallbacks = 5, ...lists }: Lists): FallbackRules => ({
  fallbacks: table(lists.fallbacks ?? {}),
  contextWindowFallbacks: table(lists.contextWindowFallbacks ?? {}),
  contentPolicyFallbacks: table(lists.contentPolicyFallbacks ?? {}),
  maxFallbacks,
});

/** The names of all that are asked, in turn, when everybody fails with what the general list is for. */
function asked(lists: Lists, own?: Course['own']): string {
  const rules = rulesOf(lists);
  let course: Course = { asked: [to('a')], own };
  for (;;) {
    const found = nextGroup('fallbacks', course, rules);
    if (found === undefined) break;
    course = { ...course, asked: [...course.asked, found] };
  }
  return course.asked.map(({ group: { name } }) => name).join(' ');
}

const next = (list: keyof Omit<Lists, 'maxFallbacks'>, lists: Lists, course: readonly string[]): string | undefined =>
  nextGroup(list, { asked: targets(course) as Course['asked'], own: undefined }, rulesOf(lists))?.group.name;

describe('whom a request asks when its group has failed', () => {
  it.each<[string, Lists, string]>([
    ['nobody, without fallbacks', {}, 'a'],
    ['the group’s own list, in its order', { fallbacks: { a: ['c', 'b'], '*': ['d'] } }, 'a c b'],
    ['everybody’s list where it has none', { fallbacks: { b: ['c'], '*': ['d', 'e'] } }, 'a d e'],
    ['nobody where its list is empty', { fallbacks: { a: [], '*': ['d'] } }, 'a'],
    ['then the list of the group that failed', { fallbacks: { a: ['b'], b: ['c'], c: ['d'] } }, 'a b c d'],
    ['its own list before that', { fallbacks: { a: ['b', 'd'], b: ['c'] } }, 'a b d'],
    ['nobody twice, round a ring', { fallbacks: { a: ['b'], b: ['a', 'c'], c: ['a', 'b'] } }, 'a b c'],
    ['not itself', { fallbacks: { '*': ['a', 'b'] } }, 'a b'],
    ['at most maxFallbacks', { fallbacks: { a: ['b', 'c', 'd'] }, maxFallbacks: 2 }, 'a b c'],
    ['nobody with maxFallbacks 0', { fallbacks: { a: ['b'] }, maxFallbacks: 0 }, 'a'],
  ])('%s', (_, lists, expected) => {
    expect(asked(lists)).toBe(expected);
  });

  it('is whom the request names, in place of the general list', () => {
    const fallbacks = { a: ['b'], '*': ['c'], d: ['b'] };
    expect(asked({ fallbacks }, targets(['d', 'e']))).toBe('a d e');
    expect(asked({ fallbacks }, [])).toBe('a');
    expect(asked({ fallbacks }, false)).toBe('a');
  });

  it('goes by the list of the failure, of the group that failed, where it has one', () => {
    const lists = { fallbacks: { a: ['b'] }, contextWindowFallbacks: { a: ['c'], c: ['d'], '*': ['e'] } };
    expect(next('contextWindowFallbacks', lists, ['a'])).toBe('c');
    expect(next('contextWindowFallbacks', lists, ['a', 'c'])).toBe('d');
    expect(next('contextWindowFallbacks', lists, ['a', 'b'])).toBe('e');
    expect(next('contextWindowFallbacks', lists, ['a', 'c', 'd', 'e'])).toBeUndefined();
    expect(next('contentPolicyFallbacks', lists, ['a'])).toBe('b');
  });

  it('is nobody for any failure when the request wants none', () => {
    const rules = rulesOf({ contentPolicyFallbacks: { '*': ['b'] } });
    expect(nextGroup('contentPolicyFallbacks', { asked: [to('a')], own: false }, rules)).toBeUndefined();
    expect(nextGroup('contentPolicyFallbacks', { asked: [to('a')], own: [] }, rules)).toEqual(to('b'));
  });

  it('takes two models of a wildcard group for two, each with a list of its own', () => {
    const model = (name: string): Target => ({ group: groups.get('openai/*')!, model: name });
    const lists = new Map([
      ['openai/large', [model('large'), model('small')]],
      ['openai/*', [to('e')]],
    ]);
    const rules = { ...rulesOf({}), fallbacks: lists };
    const course: Course = { asked: [model('large')], own: undefined };
    expect(nextGroup('fallbacks', course, rules)).toEqual(model('small'));
    expect(nextGroup('fallbacks', { ...course, asked: [model('tiny')] }, rules)).toEqual(to('e'));
  });

  it('may be another deployment of the same group, but not one that was asked with it', () => {
    const [one, other] = [deploymentOf({ id: 'one' }), deploymentOf({ id: 'other' })];
    const only = (deployment: typeof one): Target => ({ ...to('a'), only: deployment });
    const rules = { ...rulesOf({}), fallbacks: new Map([['a', [only(one), only(other)]]]) };
    expect(nextGroup('fallbacks', { asked: [only(one)], own: undefined }, rules)).toEqual(only(other));
    expect(nextGroup('fallbacks', { asked: [to('a')], own: undefined }, rules)).toBeUndefined();
  });

  it('law: nobody is asked twice, and no more than 1 + maxFallbacks', () => {
    const list = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 6 });
    const lists = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', '*'), list, { noNullPrototype: true });
    const kinds = fc.array(fc.constantFrom('fallbacks', 'contextWindowFallbacks', 'contentPolicyFallbacks' as const), {
      minLength: 9,
      maxLength: 9,
    });
    const config = fc.record({
      fallbacks: lists,
      contextWindowFallbacks: lists,
      contentPolicyFallbacks: lists,
      maxFallbacks: fc.nat({ max: 6 }),
    });
    const own = fc.option(fc.oneof(fc.constant<false>(false), list.map(targets)), { nil: undefined });
    fc.assert(
      fc.property(config, own, kinds, (given, named, failures) => {
        const rules = rulesOf(given);
        let course: Course = { asked: [to('a')], own: named };
        for (const failure of failures) {
          const found = nextGroup(failure, course, rules);
          if (found === undefined) break;
          course = { ...course, asked: [...course.asked, found] };
        }
        const met: readonly Group[] = course.asked.map((one) => one.group);
        expect(new Set(met).size).toBe(met.length);
        expect(met.length).toBeLessThanOrEqual(named === false ? 1 : 1 + given.maxFallbacks);
      }),
    );
  });
});
