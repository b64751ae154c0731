import { axiosTransport, type AxiosTransport } from '../../transport/axios';

/** For Node: the transport of all other calls, which shows each redirect. */
export function hubTransport(maxBytes: number): AxiosTransport {
  return axiosTransport({ caps: { bodyBytes: maxBytes } });
}
