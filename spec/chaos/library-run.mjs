// A user's program: the requests of a file through `parallel$` with a journal. It is killed at any moment, and started again. Ends with 1 when an
// answer is another request's or a row is missing, with 2 when requests failed.
import { createRouter, openAICompatible, text } from 'rx-fanout';
import { fileJournal, readBatch } from 'rx-fanout/node';

const [input, out, baseURL, concurrency, rows] = process.argv.slice(2);
const router = createRouter({
  deployments: [{ group: '*', provider: openAICompatible({ model: 'm', baseURL }) }],
});
const wrong = [];
let failed = 0;
const seen = new Set();

router.parallel$(readBatch(input), { concurrency: Number(concurrency), journal: fileJournal(out) }).subscribe({
  next: ({ request, index, outcome }) => {
    const [{ content }] = request.messages;
    seen.add(index);
    if (outcome._tag === 'Left') failed += 1;
    else if (!text(outcome.right).includes(`«${content}»`)) wrong.push(content);
  },
  error: (error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
  complete: () => {
    router.close();
    if (failed > 0) process.exitCode = 2;
    if (wrong.length === 0 && seen.size === Number(rows)) return;
    console.error(`${seen.size} rows, ${wrong.length} of them with a wrong answer, e.g. to ${wrong[0]}`);
    process.exitCode = 1;
  },
});
