import type { Names } from '../domain/meanings';

/** What is wrong with aliases. `nameProblems` tells it of a name that is to mean something, by its path. */
export function aliasProblems(
  { groups, aliases }: Names,
  nameProblems: (path: string, name: string) => readonly string[],
): readonly string[] {
  const told = new Set<string>();
  return [...aliases].flatMap(([alias, to]) => {
    if (groups.includes(alias)) return [`aliases.${alias}: there is a group of that name`];
    if (told.has(alias)) return [];
    const circle = circleOf(alias, aliases);
    if (circle === undefined) return nameProblems(`aliases.${alias}`, to);
    for (const one of circle) told.add(one);
    return [`aliases.${alias}: it leads in a circle: ${[...circle, alias].join(' → ')}`];
  });
}

/** The aliases that lead from this one back to it. */
function circleOf(alias: string, aliases: Names['aliases']): readonly string[] | undefined {
  const way = [alias];
  let next = aliases.get(alias);
  while (next !== undefined && next !== alias) {
    if (way.includes(next)) return undefined;
    way.push(next);
    next = aliases.get(next);
  }
  return next === undefined ? undefined : way;
}
