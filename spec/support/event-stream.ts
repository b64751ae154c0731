/** A chunked reply with status 200 and the bytes given, each in a chunk of its own, and the last chunk when `isWhole`. */
export function eventStream(
  pieces: readonly (string | Buffer)[],
  {
    headers = {},
    isWhole = true,
  }: { readonly headers?: Readonly<Record<string, string>>; readonly isWhole?: boolean } = {},
): Buffer {
  const all = { 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 200 Scripted\r\n${lines.join('')}\r\n`, 'latin1'),
    ...pieces.map(chunkOf),
    Buffer.from(isWhole ? '0\r\n\r\n' : ''),
  ]);
}

/** Bytes as one chunk of a chunked body. */
export function chunkOf(piece: string | Buffer): Buffer {
  const bytes = Buffer.from(piece as string);
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}
