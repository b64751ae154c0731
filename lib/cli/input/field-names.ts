const most = 10;
const longest = 40;

/** The names of a record's fields, for a person: as many and as much of them as fit on a line. A file without a header has text there. */
export function fieldNames(record: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(record);
  if (names.length === 0) return 'none';
  const shown = names.slice(0, most).map(short);
  return names.length > most ? `${shown.join(', ')} and ${String(names.length - most)} more` : shown.join(', ');
}

function short(name: string): string {
  const line = name.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
