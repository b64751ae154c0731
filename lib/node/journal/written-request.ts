import * as t from 'io-ts';

const Routed = t.type({ routing: t.UnknownRecord });

/** A request as a journal writes it: without `routing.until`, which is no data, and which JSON cannot say while somebody waits for it. */
export function writtenRequest(request: unknown): unknown {
  if (!Routed.is(request)) return request;
  const { until: _, ...routing } = request.routing;
  return { ...request, routing };
}
