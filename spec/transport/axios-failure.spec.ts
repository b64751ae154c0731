import { inspect } from 'node:util';
import { AxiosError } from 'axios';
import { axiosFailure } from '../../lib/transport/axios-failure';

const failure = (error: unknown) => axiosFailure(error, { bodyBytes: 1000 });
const coded = (code: string) => new AxiosError('sk-secret', code);

describe('axiosFailure', () => {
  it.each([
    'CERT_HAS_EXPIRED',
    'CERT_NOT_YET_VALID',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'HOSTNAME_MISMATCH',
    'INVALID_CA',
    'ERR_INVALID_URL',
  ])('%s will not get better', (code) => {
    expect(failure(coded(code))).toMatchObject({ _tag: 'Connection', code, isRetryable: false });
  });

  it.each(['ECONNRESET', 'ECONNREFUSED', 'ENOTFOUND', 'EPROTO', 'ETIMEDOUT', 'EPIPE', 'ERR_NETWORK', 'EAI_AGAIN'])(
    '%s may get better',
    (code) => {
      expect(failure(coded(code))).toMatchObject({ _tag: 'Connection', code, isRetryable: true });
    },
  );

  it('looks behind the one code that fetch has for everything', () => {
    const error = coded('ERR_NETWORK');
    Object.defineProperty(error, 'cause', { value: { code: 'CERT_HAS_EXPIRED' } });
    expect(failure(error)).toMatchObject({ code: 'CERT_HAS_EXPIRED', isRetryable: false });
  });

  it('takes nothing over but a code that is one', () => {
    for (const code of ['sk-secret', 'sk_SECRET', 'A'.repeat(80), 7, '', undefined]) {
      const error = Object.assign(new AxiosError('sk-secret', 'E', { headers: { a: 'sk-secret' } as never }), { code });
      const ours = failure(error);
      expect(ours._tag).toBe('Connection');
      expect(ours.code).toBeUndefined();
      expect(inspect(ours, { depth: 12, showHidden: true })).not.toContain('secret');
    }
  });

  it.each([undefined, null, 'text', 7, new Error('sk-secret')])(
    'what is no failure of a network is a Defect: %p',
    (thrown) => {
      expect(failure(thrown)._tag).toBe('Defect');
    },
  );
});
