const longest = 40;

/** The name of a field as messages show it: what somebody else has chosen may have any length. */
export function shortName(name: string): string {
  return name.length > longest ? `${name.slice(0, longest)}…` : name;
}
