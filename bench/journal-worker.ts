import { promptOf } from './contenders/exchange';
import { type JournalContenderName, journalContenders } from './contenders/journal-contenders';
import { serveLoads } from './measure/serve-loads';

const [name, url = ''] = process.argv.slice(2);
const ask = journalContenders[name as JournalContenderName](url);

serveLoads(({ items, concurrency }) => {
  const prompts = [...Array(items).keys()].map(promptOf);
  return () => ask(prompts, concurrency);
});
