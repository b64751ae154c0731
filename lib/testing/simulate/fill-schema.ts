import type { Subject } from './subject';

interface Source {
  readonly subject: Subject;
  readonly random: () => number;
  /** What references start from; default: the schema first asked for. */
  readonly root?: unknown;
}

/** Levels after which no more is filled than must be, so that what is recursive has an end. */
const enough = 6;

/** A value of a JSON schema, filled from the subject by the names of its fields. What it does not know it leaves `null`. */
export function fillSchema(schema: unknown, given: Source, name = 'summary', depth = 0): unknown {
  if (!isRecord(schema) || depth > 12) return null;
  const source = { root: schema, ...given };
  if (typeof schema['$ref'] === 'string') {
    return fillSchema(referred(schema['$ref'], source.root), source, name, depth + 1);
  }
  if ('const' in schema) return schema['const'];
  if (isList(schema['enum'])) return oneOf(schema['enum'], name, source);
  const choices = [schema['anyOf'], schema['oneOf']].find(isList);
  if (choices !== undefined && choices.length > 0) {
    const none = depth > enough ? choices.find((one) => isRecord(one) && typeOf(one) === 'null') : undefined;
    return fillSchema(none ?? choices[0], source, name, depth + 1);
  }
  const { subject, random } = source;
  switch (typeOf(schema)) {
    case 'string':
      return stringFor(name, subject);
    case 'boolean':
      return random() < 0.5;
    case 'integer':
      return Math.round(numberIn(schema, 1, 5, random));
    case 'number':
      return Math.round(numberIn(schema, 0, 1, random) * 100) / 100;
    case 'array':
      return items(schema, source, name, depth);
    case 'null':
      return null;
    default:
      return isRecord(schema['properties'])
        ? Object.fromEntries(
            Object.entries(schema['properties']).map(([key, value]) => [
              key,
              fillSchema(value, source, key, depth + 1),
            ]),
          )
        : {};
  }
}

/** Gemini's are in capitals. */
function typeOf({ type }: Readonly<Record<string, unknown>>): string {
  const first: unknown = isList(type) ? type[0] : type;
  return typeof first === 'string' ? first.toLowerCase() : '';
}

/** Where a reference like `#/$defs/place` leads to. */
function referred(reference: string, root: unknown): unknown {
  const steps = reference.split('/').slice(1);
  return steps.reduce<unknown>((within, step) => (isRecord(within) ? within[step] : undefined), root);
}

function items(
  { items: each, prefixItems: places }: Readonly<Record<string, unknown>>,
  source: Source,
  name: string,
  depth: number,
): readonly unknown[] {
  if (isList(places)) return places.map((place) => fillSchema(place, source, name, depth + 1));
  if (isRecord(each) && typeOf(each) === 'string' && !isList(each['enum'])) return source.subject.words.slice(0, 3);
  return depth > enough ? [] : [fillSchema(each, source, name, depth + 1)];
}

function stringFor(name: string, { summary, category, mood, words }: Subject): string {
  if (/sentiment|mood|tone/i.test(name)) return mood;
  if (/categor|topic|class|label|kind|type/i.test(name)) return category;
  if (/city|location|place|country|town/i.test(name)) return words.filter(isName).at(-1) ?? words.at(-1) ?? 'nowhere';
  if (/keyword|word|tag|product|name|subject/i.test(name)) return words[0] ?? 'nothing';
  return summary;
}

/** The value that fits what was understood, where it is one of those allowed; else any of them. */
function oneOf(values: readonly unknown[], name: string, { subject, random }: Source): unknown {
  const meant = stringFor(name, subject).toLowerCase();
  return (
    values.find((value) => String(value).toLowerCase() === meant) ??
    values[Math.floor(random() * values.length)] ??
    null
  );
}

function numberIn(schema: Record<string, unknown>, low: number, high: number, random: () => number): number {
  const min =
    typeof schema['minimum'] === 'number' ? schema['minimum'] : Math.min(low, Number(schema['maximum'] ?? low));
  const max = typeof schema['maximum'] === 'number' ? schema['maximum'] : Math.max(high, min);
  return min + (max - min) * random();
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isName = (word: string): boolean => /^\p{Lu}/u.test(word);

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
