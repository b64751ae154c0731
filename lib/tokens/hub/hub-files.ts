import type { Either } from 'fp-ts/Either';
import { catchError, defer, finalize, forkJoin, map, throwError, timeout, type Observable } from 'rxjs';
import { longestTimerMs } from '../../rx/longest-timer';
import { axiosTransport, type AxiosTransport } from '../../transport/axios';
import { isAxiosInstance } from '../../transport/axios-instance';
import type { CreateTokenizerSettings } from '../load/create-tokenizer-settings';
import { checkSource } from './check-source';
import { hubFailure } from './hub-failure';
import { hubGet$ } from './hub-get';
import { hubRefusal } from './hub-refusal';
import { hubTransport } from './hub-transport';
import type { TokenizerFiles } from '../load/tokenizer-files';
import { tokenizerJson } from '../load/tokenizer-json';
import type { TokenizerPlace } from '../load/tokenizer-places';
import { TokenizerProblem } from '../load/tokenizer-problem';

type HubPlace = Extract<TokenizerPlace, { kind: 'hub' }>;

/**
 * The files of a tokenizer on the hub, both asked for at the same time. Emits them and completes, or errors with a `TokenizerProblem`
 * when one cannot be had; a repository without `tokenizer_config.json` has an empty one. Unsubscribing destroys the sockets.
 */
export function hubFiles$(
  place: HubPlace,
  settings: CreateTokenizerSettings,
  token: Either<TokenizerProblem, string | undefined>,
): Observable<TokenizerFiles> {
  if (settings.offline)
    return throwError(() => new TokenizerProblem('the hub is not asked, offline is true', goOnline));
  if (token._tag === 'Left') return throwError(() => token.left);
  const { timeoutMs, revision } = settings;
  const folder = `${place.address}/${place.repository}/resolve/${encodeURIComponent(revision)}`;
  const authorization = token.right === undefined ? {} : { authorization: `Bearer ${token.right}` };
  const headers = { accept: 'application/json', ...authorization };
  return defer(() => {
    const { transport, close } = opened(settings);
    const ask = (file: string, ifMissing?: object): Observable<unknown> =>
      hubGet$({ url: `${folder}/${file}`, headers }, transport).pipe(
        map((reply) => {
          if (reply.status === 200) return tokenizerJson(`the hub's ${file}`, reply.body, checkSource);
          if (reply.status === 404 && ifMissing !== undefined) return ifMissing;
          throw hubRefusal(reply, file, token.right !== undefined);
        }),
      );
    return forkJoin({ tokenizer: ask('tokenizer.json'), config: ask('tokenizer_config.json', {}) }).pipe(
      finalize(close),
    );
  }).pipe(
    timeout({
      first: Math.min(timeoutMs, longestTimerMs),
      with: () => throwError(() => new TokenizerProblem(`the hub took longer than ${String(timeoutMs)} ms`, allowMore)),
    }),
    catchError((error: unknown) => throwError(() => hubFailure(error))),
  );
}

const goOnline = 'give a folder or an installed package, or leave offline out';
const allowMore = 'check the network, or allow more in timeoutMs';

function opened({ transport, maxBytes }: CreateTokenizerSettings): Pick<AxiosTransport, 'transport' | 'close'> {
  if (transport === undefined) return hubTransport(maxBytes);
  if (isAxiosInstance(transport)) return axiosTransport({ instance: transport, caps: { bodyBytes: maxBytes } });
  return { transport, close: () => undefined };
}
