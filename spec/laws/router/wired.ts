import { asyncScheduler, defer, finalize, tap } from 'rxjs';
import { fakeProvider, type FakeProvider, type FakeScript } from '../../../lib/testing/index';

/** One call, as the network sees it. */
export interface WiredCall {
  readonly id: string;
  /** On the virtual clock (ms). */
  readonly at: number;
  isOpen: boolean;
  /** The provider put it off, by a 429 or an overload: it counts for nothing. */
  isPutOff: boolean;
}

/** A deployment's fields. */
export type Wired = Pick<FakeProvider, 'provider' | 'transport'>;

/** A deployment's fake whose calls are watched: `begun` is told of each as it goes out. */
export function wired(id: string, script: FakeScript, begun: (call: WiredCall) => void): Wired {
  const fake = fakeProvider(script);
  return {
    provider: fake.provider,
    transport: (call, flow) =>
      defer(() => {
        const its: WiredCall = { id, at: asyncScheduler.now(), isOpen: true, isPutOff: false };
        const close = (): void => {
          its.isOpen = false;
        };
        begun(its);
        return fake.transport(call, flow).pipe(
          tap({
            next: ({ status, body, events }) => {
              if (events !== undefined) return;
              close();
              its.isPutOff = status === 529 || (status === 429 && body._tag === 'Left');
            },
            complete: close,
            error: close,
          }),
          finalize(close),
        );
      }),
  };
}
