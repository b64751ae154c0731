export interface Rounds {
  readonly warmUp: number;
  readonly rounds: number;
}

/**
 * Samples everybody in turn, A B C A B C …, so that a slow minute of the machine is everybody's. The rounds of
 * `warmUp` come first and are thrown away.
 */
export async function interleave<N extends string, S>(
  names: readonly N[],
  { warmUp, rounds }: Rounds,
  sample: (name: N) => Promise<S>,
): Promise<Readonly<Record<N, readonly S[]>>> {
  const samples = Object.fromEntries(names.map((name) => [name, [] as S[]])) as Record<N, S[]>;
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of names) {
      const taken = await sample(name);
      if (round >= 0) samples[name].push(taken);
    }
  }
  return samples;
}
