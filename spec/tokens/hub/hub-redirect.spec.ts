import { hubRedirect } from '../../../lib/tokens/hub/hub-redirect';
import type { Reply } from '../../../lib/transport/transport';
import { right } from 'fp-ts/Either';

const from = {
  url: 'https://hub.example/a/tokenizer.json',
  headers: { accept: 'application/json', authorization: 'Bearer x' },
};
const redirect = (location: string, status = 302): Reply => ({ status, headers: { location }, body: right({}) });

describe('hubRedirect', () => {
  it.each([200, 204, 300, 304, 305, 400, 404])('takes status %d for no redirect', (status) => {
    expect(hubRedirect(redirect('/b', status), from)).toBeUndefined();
  });

  it('stays with the token on its own host', () => {
    expect(hubRedirect(redirect('../b?c=d'), from)).toEqual({
      url: 'https://hub.example/b?c=d',
      headers: from.headers,
    });
  });

  it.each([
    'https://cdn.example/b',
    'https://sub.hub.example/b',
    'https://hub.example:8443/b',
    '//cdn.example/b',
    'https://hub.example.evil/b',
    'https://hub.example@evil.example/b',
  ])('leaves the token behind on the way to %s', (location) => {
    const request = hubRedirect(redirect(location), from);
    expect(request?.url).toContain('/b');
    expect(request?.headers).toEqual({ accept: 'application/json' });
  });

  it('refuses to go from https to http, and to what is no http(s) address', () => {
    expect(() => hubRedirect(redirect('http://hub.example/b'), from)).toThrow(
      'the hub redirects from https to http (302)',
    );
    for (const location of ['data:text/plain,a', 'file:///a', 'http://']) {
      expect(() => hubRedirect(redirect(location, 307), from)).toThrow('the hub redirects to nowhere (307)');
    }
  });
});
