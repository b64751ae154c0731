import type { Timeouts } from '../domain/request';
import type { Fields } from './fields';
import { given } from './given';
import { Seconds } from './seconds';

/** LiteLLM's clocks run for each call anew, as `attemptMs` does; `stream_timeout` is that of the first content. */
export function timeoutsOf(router: Fields, settings: Fields): Timeouts | undefined {
  const whole = router.ms('timeout', Seconds);
  const timeouts = given({
    attemptMs: settings.ms('request_timeout', Seconds) ?? whole, // LiteLLM's order too
    firstChunkMs: router.ms('stream_timeout', Seconds),
  });
  return Object.keys(timeouts).length === 0 ? undefined : timeouts;
}
