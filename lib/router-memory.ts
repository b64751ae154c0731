import { left } from 'fp-ts/Either';
import { JournalError } from './bulk/journal-error';
import { decodeRequest } from './domain/decode-request';
import { withDetails } from './domain/error';
import type { Output } from './domain/output';
import { readAnswer, recordAnswer, type RecordedAnswer } from './domain/recorded-answer';
import type { CompletionRequest } from './domain/request';
import type { ParallelResult } from './domain/result';
import { noUsage } from './domain/usage';
import type { Memory } from './fan-out-work';
import type { Item } from './router-work';

/** How a router's requests are told apart: by the body that is sent, whatever `metadata` and `routing` say. */
export function routerMemory<Req extends Item>(
  defaultModel: string | undefined,
  output?: Output,
): Memory<Req, ParallelResult<Req>> {
  return {
    body: (item) => {
      const request = decodeRequest(item);
      if (request._tag === 'Left') return { problem: request.left.message }; // it is not sent, and JSON may have no word for it
      const { metadata: _, routing: __, ...body } = request.right;
      return { ...body, model: body.model ?? defaultModel };
    },
    alike: (item) => {
      const { routing } = Object(item) as Pick<CompletionRequest, 'routing'>; // of what is no request, nothing: it is refused later
      if (routing?.dedupe === false || routing?.until !== undefined) return undefined; // who may leave alone has a call of its own
      return routing ?? {};
    },
    record: recordAnswer,
    restore: (request, index, recorded) => {
      const answer = readAnswer(recorded);
      if (answer._tag === 'Left') throw new JournalError('version', `the journal has something else: ${answer.left}`);
      return { index, request, ...reread(answer.right, output), restored: true };
    },
    shared: ({ cost: _, ...row }) => ({ ...row, attempts: [], usage: noUsage, shared: true }),
  };
}

/**
 * What is kept of an answer is the completion. One that this run's codec cannot read is a failure, and is not asked about again: a mistake in
 * the codec would pay for all of them anew, and write over what was paid for.
 */
function reread(answer: RecordedAnswer, output: Output | undefined): RecordedAnswer {
  const { outcome, attempts } = answer;
  if (output === undefined || outcome._tag === 'Left') return answer;
  const read = output.read(outcome.right);
  return { ...answer, outcome: read._tag === 'Right' ? read : left(withDetails(read.left, { attempts })) };
}
