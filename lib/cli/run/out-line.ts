import * as t from 'io-ts';

const Line = t.type({
  fanout: t.intersection([t.type({ key: t.string }), t.partial({ index: t.number, error: t.unknown })]),
});

export interface OutLine {
  readonly key: string;
  readonly index: number;
  readonly isFailure: boolean;
}

/** What the program looks at in a line of its output; `undefined`: it is not whole, or not ours. */
export function outLine(text: string): OutLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!Line.is(value)) return undefined;
    return { key: value.fanout.key, index: value.fanout.index ?? 0, isFailure: value.fanout.error !== undefined };
  } catch {
    return undefined;
  }
}
