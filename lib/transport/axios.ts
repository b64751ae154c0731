import type { AxiosAdapter, AxiosRequestConfig, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import { Observable } from 'rxjs';
import type { CompletionError } from '../domain/error';
import { abortHandle, type AbortHandle } from './abort-handle';
import { createAdapter } from './adapter';
import { axiosFailure } from './axios-failure';
import { namesAdapter, type AxiosInstance } from './axios-instance';
import { axiosReply } from './axios-reply';
import { axiosSend } from './axios-send';
import { body$ } from './body';
import { defaultCaps, type Caps } from './caps';
import { rejectedResponse } from './rejected-response';
import type { SendInto } from './reply-sink';
import type { Call, Flow, Reply, Transport } from './transport';
import { unsendableHeader } from './unsendable-header';

export interface AxiosTransportOptions {
  /** The user's axios: its interceptors, headers, agents, proxy and any adapter it names are kept. Default: none, the adapter alone. */
  readonly instance?: AxiosInstance | undefined;
  readonly caps?: { readonly [Cap in keyof Caps]?: Caps[Cap] | undefined } | undefined;
}

export interface AxiosTransport {
  readonly transport: Transport;
  /** Closes idle sockets, and those in use when their call ends. Later calls open new ones. */
  readonly close: () => void;
}

/**
 * The `Transport` over axios. It opens nothing until a call is subscribed to.
 *
 * Every call is made the same safe way, whoever's axios it is: no redirect is followed (it would carry the key to another host),
 * no proxy is taken from the environment, bodies are capped both ways, no status throws, JSON is parsed here and not by axios.
 *
 * @example const { transport, close } = axiosTransport({ caps: { bodyBytes: 1_000_000 } });
 */
export function axiosTransport({ instance, caps: given }: AxiosTransportOptions = {}): AxiosTransport {
  const caps: Caps = {
    bodyBytes: given?.bodyBytes ?? defaultCaps.bodyBytes,
    eventBytes: given?.eventBytes ?? defaultCaps.eventBytes,
    jsonDepth: given?.jsonDepth ?? defaultCaps.jsonDepth,
  };
  const { adapter, send, close } = createAdapter();
  const ask = instance === undefined ? askBare(adapter) : (config: AxiosRequestConfig) => instance.request(config);
  const safe = { maxContentLength: caps.bodyBytes, maxBodyLength: caps.bodyBytes, maxRedirects: 0 };
  const settings =
    instance === undefined ? { ...safe, proxy: false as const } : { ...safe, ...asBare(instance, adapter) };
  // A stranger's adapter may hand the signal to `fetch`, which takes none but a real one.
  const newHandle = instance === undefined ? abortHandle : () => new AbortController();
  const configOf = ({ method, url, headers, body }: Call, { signal }: AbortHandle | AbortController) => {
    const problem = unsendableHeader(headers);
    if (problem !== undefined) throw problem;
    const data = method === 'POST' ? { data: body } : undefined;
    return { ...settings, method, url, headers, signal, ...data };
  };
  const failure = (error: unknown): CompletionError => axiosFailure(error, caps);

  // `new Observable` because `from` and `defer` have nothing that a promise's request could be aborted by.
  const whole$ = (call: Call): Observable<Reply> =>
    new Observable((subscriber) => {
      const handle = newHandle();
      const sent = async (): Promise<void> => {
        const response = await ask(configOf(call, handle)).catch(rejectedResponse);
        subscriber.next(axiosReply(response, caps));
        subscriber.complete();
      };
      sent().catch((error: unknown) => {
        subscriber.error(failure(error));
      });
      return () => {
        handle.abort();
      };
    });

  const pieces$ = (call: Call, flow: Flow | undefined): Observable<Reply> => {
    const sendInto: SendInto = (sink) => {
      const handle = newHandle();
      const config = configOf(call, handle);
      const direct = instance === undefined ? send?.(bare(config)) : undefined;
      const sendOver =
        direct ??
        axiosSend({
          // Without axios's own cap: it reads a stream through a generator, which nobody can leave while the body is silent.
          ask: () => ask({ ...config, responseType: 'stream', maxContentLength: -1 }),
          abort: () => {
            handle.abort();
          },
          caps,
        });
      return sendOver(sink);
    };
    return body$(sendInto, { caps, flow, failure });
  };

  return { transport: (call, flow) => (call.stream ? pieces$(call, flow) : whole$(call)), close };
}

/**
 * Without an instance there are no interceptors, transforms or defaults to apply: all that is left of axios is its adapter,
 * and asking that itself takes a quarter off the whole road.
 */
function askBare(adapter: AxiosAdapter): (config: AxiosRequestConfig) => Promise<AxiosResponse<unknown>> {
  return (config) => adapter(bare(config));
}

/** Without a prototype, as axios makes its configs: a polluted one must not tell us what to do. */
function bare(config: object): InternalAxiosRequestConfig {
  return Object.assign(Object.create(null) as InternalAxiosRequestConfig, config);
}

/** What makes a user's axios do what a bare one does, but for what its user has set and we keep. */
function asBare(instance: AxiosInstance, adapter: AxiosAdapter): AxiosRequestConfig {
  return {
    responseType: 'text',
    transformResponse: [],
    validateStatus: null,
    allowAbsoluteUrls: true, // the address comes from the deployment's configuration, never from a request or a reply
    ...(instance.defaults.proxy ? {} : { proxy: false }),
    ...(namesAdapter(instance) ? {} : { adapter }),
  };
}
