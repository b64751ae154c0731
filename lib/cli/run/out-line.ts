import * as t from 'io-ts';

const Line = t.type({
  fanout: t.intersection([
    t.type({ key: t.string }),
    t.partial({ occurrence: t.number, index: t.number, error: t.unknown }),
  ]),
});

export interface OutLine {
  readonly key: string;
  /** Which of several equal requests, from 0. */
  readonly occurrence: number;
  readonly index: number;
  readonly isFailure: boolean;
}

/** What the program looks at in a line of its output; `undefined`: it is not whole, or not ours. */
export function outLine(text: string): OutLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!Line.is(value)) return undefined;
    const { key, occurrence = 0, index = 0, error } = value.fanout;
    return { key, occurrence, index, isFailure: error !== undefined };
  } catch {
    return undefined;
  }
}
