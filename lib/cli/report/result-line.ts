import * as t from 'io-ts';
import { Usage } from '../../index';
import { maybe } from '../../domain/optional';

const Failure = t.intersection([t.type({ message: t.string }), t.partial({ _tag: t.string })]);

/** A time, or a while (ms), that a date can show: what no clock gave makes no page. */
const Ms = t.refinement(t.number, (n) => Math.abs(n) <= 4e15, 'ms');

const AttemptCodec = t.intersection([
  t.type({
    deployment: t.string,
    startedAt: Ms,
    elapsedMs: Ms,
    ended: t.keyof({ ok: null, failed: null, throttled: null, aborted: null }),
  }),
  t.partial({ hedge: maybe(t.literal(true)), usage: maybe(Usage), cost: maybe(t.number), error: maybe(Failure) }),
]);

/** What a report looks at in a line of results. */
const ResultLineCodec = t.type({
  fanout: t.intersection([
    t.type({
      attempts: t.readonlyArray(AttemptCodec),
      timing: t.type({ elapsedMs: Ms }),
    }),
    t.partial({ error: maybe(Failure), shared: maybe(t.literal(true)) }),
  ]),
});

export type ResultLine = t.TypeOf<typeof ResultLineCodec>['fanout'];

/** `undefined`: it is not whole, or not one of ours. */
export function resultLine(text: string): ResultLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return ResultLineCodec.is(value) ? value.fanout : undefined;
  } catch {
    return undefined;
  }
}
