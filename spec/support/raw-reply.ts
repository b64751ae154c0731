/** An HTTP/1.1 reply as bytes, with the true `content-length` unless the headers give another. */
export function rawReply(
  body: string | Buffer,
  {
    status = 200,
    headers = {},
  }: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Buffer {
  const bytes = Buffer.from(body as string);
  const all = { 'content-type': 'application/json', 'content-length': String(bytes.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${String(status)} Scripted\r\n${lines.join('')}\r\n`, 'latin1'), bytes]);
}
