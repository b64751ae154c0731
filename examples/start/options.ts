import { parseArgs } from 'node:util';

/** What the demo is asked to do. */
export interface DemoOptions {
  /** A real provider; absent: the simulated ones. */
  readonly real?: { readonly baseURL: string; readonly model: string; readonly apiKey: string | undefined };
  readonly concurrency: number;
  readonly limit: number;
}

export const usage = `Summarises and classifies 200 short reviews and tickets, over three simulated providers or a real one.

  npm start
  OPENAI_API_KEY=… npm start -- --base-url https://api.openai.com/v1 --model gpt-5-mini

  --base-url URL     an OpenAI-compatible server, up to and with /v1; each request is paid for
  --model NAME       the vendor's name of the model; with --base-url
  --concurrency N    requests under way at a time (16)
  --limit N          only the first N texts (200)
  --help             this text`;

/** Reads the command line. Throws an error that says which option is wrong, and `undefined` stands for "show the usage". */
export function demoOptions(args: readonly string[], env: NodeJS.ProcessEnv): DemoOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'base-url': { type: 'string' },
      model: { type: 'string' },
      concurrency: { type: 'string', default: '16' },
      limit: { type: 'string', default: '200' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { model, 'base-url': baseURL } = values;
  if ((model === undefined) !== (baseURL === undefined)) {
    throw new Error(`${model === undefined ? '--model' : '--base-url'} is missing: a real provider needs both`);
  }
  return {
    concurrency: count('--concurrency', values.concurrency),
    limit: count('--limit', values.limit),
    ...(model === undefined || baseURL === undefined
      ? {}
      : { real: { baseURL, model, apiKey: env['OPENAI_API_KEY'] } }),
  };
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new Error(`${name} must be a whole number from 1, not '${text}'`);
}
