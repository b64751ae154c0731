import * as t from 'io-ts';
import { filled } from '../filled';

/** Why a prompt was blocked, in Google's word; `undefined` when it was not. */
export function geminiBlock(promptFeedback: unknown): string | undefined {
  return t.UnknownRecord.is(promptFeedback) ? filled(promptFeedback['blockReason']) : undefined;
}
