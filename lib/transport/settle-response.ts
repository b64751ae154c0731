import { AxiosError, type AxiosResponse } from 'axios';

/** axios's own rule, which it does not export: a status that `validateStatus` refuses rejects. */
export function settleResponse(
  response: AxiosResponse,
  resolve: (response: AxiosResponse) => void,
  reject: (error: AxiosError) => void,
): void {
  const { status, config } = response;
  if (!config.validateStatus || config.validateStatus(status)) {
    resolve(response);
    return;
  }
  const code = status >= 400 && status < 500 ? AxiosError.ERR_BAD_REQUEST : AxiosError.ERR_BAD_RESPONSE;
  reject(new AxiosError(`Request failed with status code ${String(status)}`, code, config, undefined, response));
}
