import { promptOf } from './contenders/exchange';
import { type HttpContenderName, httpContenders } from './contenders/http-contenders';
import { serveLoads } from './measure/serve-loads';

const [name, url = ''] = process.argv.slice(2);
const contender = await httpContenders[name as HttpContenderName]();
const ask = contender(url);

serveLoads(({ items, concurrency }) => {
  const prompts = [...Array(items).keys()].map(promptOf);
  return () => ask(prompts, concurrency);
});
