/**
 * Why a body could not be read to its end, with a code, as the errors of Node's streams have. Those of the web's have none,
 * and say no more than that the network failed; Node's fetch tells more in their cause.
 */
export function brokenBody(error: unknown): unknown {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error;
  return Object.assign(new Error('the body broke'), {
    code: 'ERR_NETWORK',
    cause: error instanceof Error ? error.cause : undefined,
  });
}
