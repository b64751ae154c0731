// A user's program: the requests of a file through `parallel$` with a journal. It is killed at any moment, and started again. Ends with 1 when what it
// was given in the end is not every request's own answer.
import { createRouter, openAICompatible, text } from 'rx-fanout';
import { fileJournal, readBatch } from 'rx-fanout/node';

const [input, out, baseURL, concurrency] = process.argv.slice(2);
const router = createRouter({
  deployments: [{ group: '*', provider: openAICompatible({ model: 'm', baseURL }) }],
});
const wrong = [];
const seen = new Set();

router.parallel$(readBatch(input), { concurrency: Number(concurrency), journal: fileJournal(out) }).subscribe({
  next: ({ request, index, outcome }) => {
    const [{ content }] = request.messages;
    seen.add(index);
    if (outcome._tag === 'Left' || !text(outcome.right).includes(`«${content}»`)) wrong.push(content);
  },
  error: (error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
  complete: () => {
    router.close();
    if (wrong.length === 0) return;
    console.error(`${wrong.length} wrong answers, e.g. to ${wrong[0]}`);
    process.exitCode = 1;
  },
});
