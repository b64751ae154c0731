/** A text of somebody else's in a sentence of ours: one line, cut, without tokens of the hub and without user names and queries of addresses. */
export function oneLine(text: string, most = 100): string {
  const plain = text
    .slice(0, 1000)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .replace(/\bhf_\w{8,}/g, '…')
    .replace(/\bhttps?:\/\/\S+/gi, (url) => url.replace(/\/\/[^/]*@/, '//').replace(/[?#].*/, ''));
  return plain.length <= most ? plain : `${plain.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
