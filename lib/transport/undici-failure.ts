import { AxiosError, type InternalAxiosRequestConfig } from 'axios';

/** undici's own codes in the words of Node's http, which users of axios know. */
const nodeCodes: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: 'ECONNRESET',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'ECONNRESET',
  UND_ERR_HEADERS_OVERFLOW: 'HPE_HEADER_OVERFLOW',
};

/** What undici threw, as axios's http adapter would have. */
export function undiciFailure(error: Error, config: InternalAxiosRequestConfig): AxiosError {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return AxiosError.from(error, code === undefined ? undefined : (nodeCodes[code] ?? code), config);
}
