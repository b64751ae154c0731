import { type ChoiceContenderName, choiceContenders } from '../contenders/choice-contenders';
import { type Contest, contest } from '../measure/contest';
import { median } from '../measure/median';
import { ratio } from '../measure/ratio';
import { figure, shown } from '../report/shown';
import { table } from '../report/table';
import type { Effort, Plan } from './section';

const names = Object.keys(choiceContenders) as ChoiceContenderName[];
const reference: ChoiceContenderName = 'bare loop';
const cases = [10, 100, 1000].flatMap((count) =>
  ['free', 'limits'].map((limits) => ({
    count,
    limits,
    title: `${String(count)} deployments${limits === 'free' ? '' : ', with limits'}`,
  })),
);

/** What it costs to choose a deployment for a call. */
export function choice({ quick, sampled }: Effort): Plan {
  const rounds = { warmUp: quick ? 1 : 2, rounds: quick ? 3 : 7 };
  const choicesAmong = (count: number): number => (quick ? 1_000_000 : 4_000_000) / count;

  const run: Plan['run'] = async () => {
    const contests: (Contest<ChoiceContenderName> | undefined)[] = [];
    for (const { count, limits } of cases) {
      const args = [String(count), limits];
      const loads = [{ items: choicesAmong(count), concurrency: 1, repeats: 1 }];
      const [found] = await contest({ names, entry: 'choice-worker', args, loads, rounds, sampled });
      contests.push(found);
    }
    const wall = (place: number, name: ChoiceContenderName): readonly number[] =>
      (contests[place]?.[name] ?? []).map(({ wallMs }) => wallMs);
    const head = (what: string): readonly string[] => [what, ...cases.map(({ title }) => title)];
    const rows = (cell: (name: ChoiceContenderName, place: number, count: number) => string) =>
      names.map((name) => [name, ...cases.map(({ count }, place) => cell(name, place, count))]);
    const against = table(
      head(`a choice, as multiples of a ${reference}`),
      rows((name, place) => shown(ratio(wall(place, name), wall(place, reference)))),
    );
    const micros = table(
      head('µs a choice'),
      rows((name, place, count) => figure((median(wall(place, name)) * 1000) / choicesAmong(count))),
    );
    return {
      title: 'Choosing a deployment',
      note: 'All of a group are well and none has reached a limit, so that all are candidates: the dearest case. A bare loop looks at one field of each. With limits each has calls and tokens a minute to be looked at.',
      tables: [against, micros],
    };
  };
  return { samples: names.length * cases.length * (rounds.warmUp + rounds.rounds), run };
}
