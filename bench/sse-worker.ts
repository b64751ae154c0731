import { promptOf } from './contenders/exchange';
import { type StreamContenderName, streamContenders } from './contenders/stream-contenders';
import { tokensAStream } from './contenders/streamed-exchange';
import { serveLoads } from './measure/serve-loads';

const [name, url = ''] = process.argv.slice(2);
const contender = await streamContenders[name as StreamContenderName]();
const read = contender(url);

serveLoads(({ items, concurrency }) => {
  const prompts = [...Array(items).keys()].map(promptOf);
  return async () => (await read(prompts, concurrency)) / tokensAStream;
});
