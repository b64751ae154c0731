/** A name that somebody else has chosen, in a sentence. One of over a hundred characters is a mistake, perhaps a whole prompt. */
export function shortName(name: string): string {
  return name.length > 100 ? `${name.slice(0, 40)}…` : name;
}
