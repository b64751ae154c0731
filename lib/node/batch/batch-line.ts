import { createHash } from 'node:crypto';
import * as t from 'io-ts';
import type { Recorded } from '../../bulk/journal';
import type { Completion } from '../../domain/completion';
import { chatCompletion } from './chat-completion';

/** A line of an output or error file of OpenAI's Batch API. */
export interface BatchLine {
  readonly id: string;
  readonly custom_id: string;
  /** Of a request that failed: what the vendor said to the last call; `null` when no vendor said anything. */
  readonly response: {
    readonly status_code: number;
    readonly request_id: string;
    readonly body: Readonly<Record<string, unknown>>;
  } | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Below it a status says that all went well, though what came with it was no answer; and scripts take the line for one. */
const leastError = 300;

const noCompletion = 'a line of a batch file has a completion: write the results of a run of your own with fileJournal';

/** A failure, as far as such a line tells it. */
const Failure = t.intersection([
  t.type({ message: t.string }),
  t.partial({ _tag: t.string, status: t.number, code: t.string, param: t.string, requestId: t.string }),
]);

/** What became of a request as a line of OpenAI's Batch API: scripts that read those read these. */
export function batchLine(outcome: Recorded['outcome'], request: unknown, index: number): BatchLine {
  const custom_id = customIdOf(request) ?? `row-${String(index)}`;
  const id = `batch_req_${createHash('sha256').update(custom_id).digest('hex').slice(0, 32)}`;
  if (outcome._tag === 'Right') {
    if (!isCompletion(outcome.right)) throw new TypeError(noCompletion);
    const body = chatCompletion(outcome.right);
    const response = { status_code: 200, request_id: String(body['id']), body };
    return { id, custom_id, response, error: null };
  }
  const failure = Failure.is(outcome.left) ? outcome.left : { message: 'the request failed' };
  const { _tag: type = 'Error', message, status, code = null, param = null, requestId = '' } = failure;
  if (status === undefined || status < leastError) {
    return { id, custom_id, response: null, error: { code: type, message } };
  }
  const body = { error: { message, type, param, code } };
  return { id, custom_id, response: { status_code: status, request_id: requestId, body }, error: null };
}

/** As far as a row that is no router's is told from one that is. */
function isCompletion(answer: unknown): answer is Completion {
  return t.UnknownRecord.is(answer) && Array.isArray(answer['choices']);
}

const Named = t.type({ metadata: t.type({ custom_id: t.string }) });

function customIdOf(request: unknown): string | undefined {
  try {
    return Named.is(request) ? request.metadata.custom_id : undefined;
  } catch {
    return undefined; // a getter of the caller's own: the answer is not to be lost for it
  }
}
