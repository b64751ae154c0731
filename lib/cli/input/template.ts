import { type Either, left, right } from 'fp-ts/Either';
import { UsageError } from '../usage-error';
import { fieldNames } from './field-names';

/** Makes a prompt of a record, or says which field it has not. */
export type Template = (record: Readonly<Record<string, unknown>>) => Either<string, string>;

const slot = /\{\{|\}\}|\{\s*([^{}\s][^{}]*)\}/g;

/** `Summarise: {text}`: each `{name}` is that field of the record, `{a.b}` a field of a field; `{{` and `}}` are braces. */
export function template(text: string): Template {
  const names = [...text.matchAll(slot)].flatMap(([, name]) => (name === undefined ? [] : [name.trim()]));
  if (names.length === 0)
    throw new UsageError(`--template names no field: write one as {name}, e.g. "Summarise: {text}"`);
  return (record) => {
    const problem = names.map((name) => problemOf(record, name)).find((found) => found !== undefined);
    if (problem !== undefined) return left(problem);
    return right(
      text.replace(slot, (found, name: string | undefined) =>
        name === undefined ? found.slice(1) : shown(valueOf(record, name.trim())),
      ),
    );
  };
}

/** The text of one field. An empty one is no prompt: a vendor refuses it, or answers nothing that was asked. */
export function field(name: string): Template {
  return (record) => {
    const problem = problemOf(record, name);
    if (problem !== undefined) return left(problem);
    const text = shown(valueOf(record, name));
    return text.trim() === '' ? left(`its field ${name} is empty`) : right(text);
  };
}

function valueOf(record: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(record, path)) return record[path];
  return path.split('.').reduce<unknown>((value, name) => {
    return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
      ? (value as Readonly<Record<string, unknown>>)[name]
      : undefined;
  }, record);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What is not there is not asked about: a prompt `null` costs as much as a good one. */
function problemOf(record: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = valueOf(record, name);
  if (value === null) return `its field ${name} is null`;
  return value === undefined ? `it has no field ${name}; its fields are ${fieldNames(record)}` : undefined;
}
