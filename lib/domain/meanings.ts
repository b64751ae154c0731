import { starIn } from './star-in';

/** The names that a router knows. */
export interface Names {
  /** Those with a star serve every name of their form. */
  readonly groups: readonly string[];
  /** What else is said for a name: for a group, an id, what a wildcard group serves, or another alias. */
  readonly aliases: ReadonlyMap<string, string>;
  /** The group of each deployment, by the deployment's id. */
  readonly ids: ReadonlyMap<string, string>;
}

/** What a name means. */
export interface Meaning {
  readonly group: string;
  /** Of the only deployment that is meant; absent: any of the group. */
  readonly id?: string;
  /** What the star of the group stands for. */
  readonly model?: string;
}

/**
 * What a name means, the first of these: a group, an alias, the id of a deployment, a name that a wildcard group serves (of several
 * the one that says most of it, of equals the first). `undefined`: nothing.
 */
export function meanings({ groups, aliases, ids }: Names): (name: string) => Meaning | undefined {
  const exact = new Set(groups);
  const patterns = groups.filter((group) => group.includes('*')).sort((a, b) => b.length - a.length);

  return (name) => {
    const asked = unaliased(name, exact, aliases);
    if (exact.has(asked)) return { group: asked };
    const group = ids.get(asked);
    if (group !== undefined) return { group, id: asked };
    for (const pattern of patterns) {
      const model = starIn(asked, pattern);
      if (model !== undefined) return { group: pattern, model };
    }
    return undefined;
  };
}

/** Aliases that lead in a circle lead nowhere. */
function unaliased(name: string, exact: ReadonlySet<string>, aliases: Names['aliases']): string {
  let asked = name;
  for (let hops = 0; hops < aliases.size && !exact.has(asked); hops += 1) {
    const meant = aliases.get(asked);
    if (meant === undefined) return asked;
    asked = meant;
  }
  return asked;
}
