import { isTokenIn } from './is-token-in';
import { rawStream } from './raw-stream';

const prefix = 'data: ';

/** An event stream as one reads it by hand when one knows the server: no other field, no other line end. */
export const byHandStream = rawStream((counted) => {
  let unread = '';
  return (piece) => {
    unread += piece;
    let start = 0;
    for (let end = unread.indexOf('\n\n'); end !== -1; end = unread.indexOf('\n\n', start)) {
      if (isTokenIn(unread.slice(start + prefix.length, end))) counted();
      start = end + 2;
    }
    unread = unread.slice(start);
  };
});
