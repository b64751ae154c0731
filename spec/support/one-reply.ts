import type { Observable } from 'rxjs';
import type { Reply } from '../../lib/transport/transport';

/** The one reply of a call; rejects when it fails, or emits another number of replies. */
export function oneReply(reply$: Observable<Reply>): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const replies: Reply[] = [];
    reply$.subscribe({
      next: (reply) => replies.push(reply),
      error: reject,
      complete: () => {
        const [reply] = replies;
        if (reply !== undefined && replies.length === 1) resolve(reply);
        else reject(new Error(`${String(replies.length)} replies`));
      },
    });
  });
}
