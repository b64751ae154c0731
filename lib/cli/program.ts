import { Command, CommanderError, Option } from 'commander';
import { ConfigError, isJournalError } from '../index';
import { demo, type DemoOptions } from './demo/demo';
import { estimateCommand, type EstimateOptions } from './estimate/estimate-command';
import type { Io } from './io';
import { countFromOne, numberOf } from './number-of';
import { reportCommand, type ReportOptions } from './report/report-command';
import { run } from './run/run';
import type { RunOptions } from './run/run-options';
import { simulate, type SimulateOptions } from './simulate';
import { UsageError } from './usage-error';

/** Where what comes with the package is. */
export interface Assets {
  /** The texts of the demo. */
  readonly texts: URL;
  /** The folder of the plot library. */
  readonly plots: string;
  readonly version: string;
}

const examples = `
Examples:
  rx-fanout demo
  rx-fanout run prompts.jsonl -o answers.jsonl --model openai/gpt-5-mini
  rx-fanout run reviews.csv -o out.jsonl --config fanout.yaml --template "Summarise: {text}" -c 64 --max-usd 5
  rx-fanout run reviews.csv -o out.jsonl --config fanout.yaml --template "Summarise: {text}" -c 64 --resume
  rx-fanout report out.jsonl -o report.html

Exit codes: 0 all done; 1 the command line or a file is wrong, nothing was sent; 2 finished, with failures or
something left; 130 interrupted, --resume goes on.`;

const ofRun = `${example('run prompts.jsonl -o answers.jsonl --model openai/gpt-5-mini')}

INPUT is a file of OpenAI's Batch API as it is, or JSON lines: a prompt ("…"), messages ([…]), a request
({ "messages": … }), or, with --field or --template, any record; or CSV with a first line of names (*.csv).

OUT has a line for each request, in the form of the Batch API's output, as they finish: custom_id, response, error.
It is also what --resume goes by, so keep it: what has an answer there is not sent again, what failed is.

Ctrl-C finishes what is under way and takes nothing more; the second aborts. SIGTERM aborts. Either way OUT is whole.`;

/**
 * The program. Resolves to the exit code; nothing of it ends the process.
 *
 * @param args the command line, without node and the program itself
 */
export async function program(args: readonly string[], io: Io, { texts, plots, version }: Assets): Promise<number> {
  let code = 0;
  const main = new Command('rx-fanout')
    .description('Sends many LLM requests over many deployments: bounded, within limits and budgets, resumable.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .showHelpAfterError('(add --help for more)')
    .addHelpText('after', examples);

  withTarget(withInput(main.command('run').description('send every request of a file; the answers go into another')))
    .requiredOption('-o, --out <file>', 'where the answers go')
    .option(
      '-c, --concurrency <n>',
      'requests under way at a time; a ceiling, deployments take what they can',
      countFromOne,
      8,
    )
    .option('--resume', 'go on with OUT: send what has no answer there', false)
    .option('--force', 'write over OUT', false)
    .option(
      '--max-usd <x>',
      'what the run may cost (USD); wants prices',
      numberOf({ least: 0, must: 'an amount of USD' }),
    )
    .option(
      '--max-error-rate <r>',
      'stop when more than this share of requests, of 100 at least, has failed',
      numberOf({ least: 0, most: 1, must: 'a share from 0 to 1' }),
      0.99,
    )
    .option('--order', 'when all is done, put OUT in the order of INPUT', false)
    .option('--dedupe', 'send equal requests that are under way at the same time once', false)
    .option('--tag <name>', 'the name of the run: another one knows nothing of what this has done')
    .addOption(
      new Option('--fsync <when>', 'when OUT is forced to the disk: a power cut costs at most what was written since')
        .choices(['always', 'interval', 'never'])
        .default('interval'),
    )
    .option('--json', 'progress and summary as JSON lines on standard output', false)
    .addHelpText('after', ofRun)
    .action(async (input: string, options: RunOptions) => {
      code = await run(input, options, args, io);
    });

  withTarget(withInput(main.command('estimate').description('what a file would take, before a cent is spent')))
    .option('--json', 'as JSON', false)
    .addHelpText('after', example('estimate reviews.csv --config fanout.yaml --template "Summarise: {text}"'))
    .action(async (input: string, options: EstimateOptions) => {
      code = await estimateCommand(input, options, io);
    });

  main
    .command('report')
    .description('a page that shows what a run did: timeline, latency, cost, failures')
    .argument('<out>', 'the output of a run')
    .requiredOption('-o, --out <file>', 'the page, e.g. report.html')
    .option('--force', 'write over it', false)
    .addHelpText('after', example('report answers.jsonl -o report.html'))
    .action(async (out: string, options: ReportOptions) => {
      code = await reportCommand(out, options, plots, io);
    });

  const ms = numberOf({ least: 0, must: 'a number of ms' });
  const port = numberOf({ least: 1, most: 65_535, isWhole: true, must: 'a port, a whole number from 1 to 65535' });
  main
    .command('simulate')
    .description('a server that answers like OpenAI, Anthropic and Gemini, with made-up text')
    .option('--port <n>', 'default: any free one', port)
    .option('--seed <n>', 'the same seed, the same answers', countFromOne)
    .option('--p50 <ms>', 'half of the answers take at most this long', ms)
    .option('--p99 <ms>', 'all but a hundredth; default four times --p50', ms)
    .option('--per-token <ms>', 'and so long for each token', ms)
    .option(
      '--rps <n>',
      'answers 429 to more than this many requests a second',
      numberOf({ least: 0, must: 'a number' }),
    )
    .option('--burst <n>', 'but for so many at once', countFromOne)
    .option('--fault <name=share>', 'e.g. 500=0.1, reset=0.05, stall=0.01; may be repeated', collected, [])
    .addHelpText('after', example('simulate --port 8080 --p50 300 --rps 20 --fault 500=0.1 --fault reset=0.05'))
    .action(async (options: SimulateOptions) => {
      code = await simulate(options, io);
    });

  main
    .command('demo')
    .description('200 customer texts over three simulated providers, or over a real one, which is paid for')
    .option('--base-url <url>', 'an OpenAI-compatible server, up to and with /v1')
    .option('--model <name>', "the vendor's name of the model")
    .option('-c, --concurrency <n>', 'requests under way at a time', countFromOne, 16)
    .option('--limit <n>', 'only the first N texts', countFromOne, 200)
    .addHelpText('after', example('demo --base-url http://localhost:11434/v1 --model llama3.2 --limit 20'))
    .action(async (options: DemoOptions) => {
      code = await demo(options, texts, io);
    });

  try {
    await main.parseAsync([...args], { from: 'user' });
    return code;
  } catch (reason) {
    if (reason instanceof CommanderError) return reason.exitCode; // it has said what
    if (!isForTheUser(reason)) throw reason;
    io.err(`rx-fanout: ${oneLine(reason)}\n`);
    return 1;
  }
}

function withInput(command: Command): Command {
  return command
    .argument('<input>', 'the requests: a file of JSON lines, of the Batch API, or CSV')
    .option('--field <name>', 'the field of a record that is the prompt')
    .option('--template <text>', 'the prompt, with fields of the record in it: "Summarise: {text}"')
    .option('--limit <n>', 'only the first N requests', countFromOne);
}

function withTarget(command: Command): Command {
  return command
    .option('--config <file>', "where requests go: YAML or JSON, ours or a LiteLLM proxy's")
    .option(
      '--model <name>',
      'or a model for all of them: gpt-5-mini, anthropic/claude-sonnet-5, …; its key is in the environment',
    )
    .option(
      '--base-url <url>',
      'or any OpenAI-compatible server; without --model for the models that the requests name; its key is OPENAI_API_KEY, if it wants one',
    );
}

function example(line: string): string {
  return `\nExample:\n  rx-fanout ${line}`;
}

function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** What a person can mend: the others are faults of this program, and want a stack. */
function isForTheUser(reason: unknown): reason is Error {
  return (
    reason instanceof UsageError ||
    reason instanceof ConfigError ||
    reason instanceof TypeError ||
    isJournalError(reason) ||
    (reason instanceof Error && 'code' in reason)
  );
}

function oneLine(reason: Error): string {
  return reason instanceof ConfigError ? reason.problems.join('; ') : reason.message;
}
