import type { AxiosAdapter, AxiosRequestConfig, AxiosResponse } from 'axios';

/** As much of axios as is used: its `AxiosInstance`, of whatever copy or 1.x version, is one. */
export interface AxiosInstance {
  request(config: AxiosRequestConfig): Promise<AxiosResponse<unknown>>;
  readonly defaults: {
    readonly adapter?: AxiosAdapter | string | readonly (AxiosAdapter | string)[] | undefined;
    readonly proxy?: unknown;
  };
  readonly interceptors: object;
}

/** Tells the user's axios from a `Transport`: both are functions. */
export function isAxiosInstance(value: object): value is AxiosInstance {
  return 'request' in value && typeof value.request === 'function' && 'interceptors' in value;
}

/** Whether the user chose an adapter; axios's own list means "whatever fits the environment". */
export function namesAdapter({ defaults: { adapter } }: AxiosInstance): boolean {
  return adapter !== undefined && !(Array.isArray(adapter) && adapter.join() === 'xhr,http,fetch');
}
