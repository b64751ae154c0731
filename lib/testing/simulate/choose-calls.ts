import { fillSchema } from './fill-schema';
import { salientWords } from './salient-words';
import type { Subject } from './subject';

/** A function that the model may call. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** The JSON schema of its arguments. */
  readonly schema: unknown;
}

/** A call that the model makes: the arguments, and the same as JSON. */
export interface ToolUse {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly json: string;
}

interface Choice {
  readonly prompt: string;
  readonly tools: readonly Tool[];
  readonly calling: { readonly must: boolean; readonly single: boolean };
}

/**
 * The calls that answer a prompt: of each tool that shares a telling word with it, in its name or its description;
 * when none does and one must be called, of any.
 */
export function chooseCalls(
  { prompt, tools, calling }: Choice,
  subject: Subject,
  random: () => number,
): readonly ToolUse[] {
  if (tools.length === 0) return [];
  const asked = wordsOf(prompt);
  const fitting = tools.filter(({ name, description }) =>
    [...wordsOf(`${spelled(name)} ${description}`)].some((word) => asked.has(word)),
  );
  const any = tools.slice(Math.floor(random() * tools.length)).slice(0, 1);
  const called = fitting.length === 0 && calling.must ? any : fitting;
  return (calling.single ? called.slice(0, 1) : called).map((tool) => callOf(tool, subject, random));
}

function callOf({ name, schema }: Tool, subject: Subject, random: () => number): ToolUse {
  const filled = fillSchema(schema, { subject, random });
  const args = typeof filled === 'object' && filled !== null ? { ...filled } : {};
  return { name, args, json: JSON.stringify(args) };
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(salientWords(text, Infinity).map((word) => word.toLowerCase()));
}

/** `getWeather_now` as `get Weather now`. */
function spelled(name: string): string {
  return name.replaceAll(/[_.:-]/g, ' ').replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
}
