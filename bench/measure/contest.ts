import { interleave, type Rounds } from './interleave';
import type { Load } from './load';
import type { Sample } from './sample';
import { startChild } from './start-child';

/** Everybody's samples of one load, round by round. */
export type Contest<N extends string> = Readonly<Record<N, readonly Sample[]>>;

export interface ContestOptions<N extends string> {
  readonly names: readonly N[];
  /** The entry that a contender's process runs; it is given the contender's name, then `args`. */
  readonly entry: string;
  readonly args?: readonly string[];
  readonly loads: readonly Load[];
  readonly rounds: Rounds;
  readonly sampled: (what: string) => void;
}

/** Gives every load to every contender, each in a process of its own, in turns. Processes are kept from load to load: they stay warm. */
export async function contest<N extends string>(options: ContestOptions<N>): Promise<readonly Contest<N>[]> {
  const { names, entry, args = [], loads, rounds, sampled } = options;
  const children = new Map(names.map((name) => [name, startChild(entry, [name, ...args])]));
  try {
    for (const child of children.values()) await child.ask();
    const contests: Contest<N>[] = [];
    for (const load of loads) {
      const sample = async (name: N): Promise<Sample> => {
        const taken = (await children.get(name)?.ask(load)) as Sample;
        sampled(`${name}, concurrency ${String(load.concurrency)}`);
        return taken;
      };
      contests.push(await interleave(names, rounds, sample));
    }
    return contests;
  } finally {
    for (const child of children.values()) child.stop();
  }
}
