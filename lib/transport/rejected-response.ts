import type { AxiosResponse } from 'axios';
import { responseBody } from './response-body';

/** The response that came with an axios error (an interceptor that rejects by status does so); else throws the error again. */
export function rejectedResponse(error: unknown): AxiosResponse<unknown> {
  const response: unknown =
    typeof error === 'object' && error !== null && 'response' in error ? error.response : undefined;
  if (isResponse(response)) return response;
  throw error;
}

function isResponse(response: unknown): response is AxiosResponse<unknown> {
  return (
    typeof response === 'object' &&
    response !== null &&
    'status' in response &&
    typeof response.status === 'number' &&
    'data' in response &&
    (typeof response.data === 'string' || responseBody(response.data) !== undefined)
  );
}
