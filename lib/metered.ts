import type { AnyRow } from './any-row';
import type { ProgressMeter } from './bulk/progress-meter';
import type { Start } from './rx/start';

/** Work on a request that is counted when it begins and when its row is out. */
export function metered<Req, Row extends AnyRow>(start: Start<Req, Row>, meter: ProgressMeter): Start<Req, Row> {
  return (request, index, queuedMs, done) => {
    meter.taken();
    return start(request, index, queuedMs, (row) => {
      meter.settled(row);
      done(row);
    });
  };
}
