import { count } from '../told';
import { escaped } from './escaped';
import type { Findings } from './findings';

/** A vendor's message can be a page of HTML. */
const longestMessage = 300;

/** Requests that failed in the end, by kind; nothing when there are none. */
export function failureTable({ kinds }: Findings): string {
  if (kinds.size === 0) return '';
  const rows = [...kinds]
    .sort(([, a], [, b]) => b.count - a.count)
    .map(
      ([tag, kind]) =>
        `<tr><th scope="row">${escaped(tag)}</th><td>${count(kind.count)}</td><td class="text">${escaped(kind.message.slice(0, longestMessage))}</td></tr>`,
    );
  return `<h2 id="failures">Failures</h2>
<p>Requests that failed in the end, by kind, and what the first of each said.</p>
<div class="scroll" role="region" aria-labelledby="failures" tabindex="0"><table>
<thead><tr><th scope="col">kind</th><th scope="col">requests</th><th scope="col" class="text">said</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>`;
}
