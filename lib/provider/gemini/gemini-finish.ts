import type { FinishReason } from '../../domain/completion';

const reasons: ReadonlyMap<string, FinishReason> = new Map([
  ['STOP', 'stop'],
  ['MAX_TOKENS', 'length'],
  ...[
    'SAFETY',
    'RECITATION',
    'LANGUAGE',
    'BLOCKLIST',
    'PROHIBITED_CONTENT',
    'SPII',
    'IMAGE_SAFETY',
    'IMAGE_PROHIBITED_CONTENT',
    'IMAGE_RECITATION',
  ].map((reason) => [reason, 'content_filter'] as const),
]);

/** Why a candidate ended, in OpenAI's words; what they have no word for (`MALFORMED_FUNCTION_CALL`, `OTHER`) in Google's. */
export function geminiFinish(reason: string, hasCalls: boolean): FinishReason {
  return reason === 'STOP' && hasCalls ? 'tool_calls' : (reasons.get(reason) ?? reason);
}
