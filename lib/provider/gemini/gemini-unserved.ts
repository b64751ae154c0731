import type { CompletionRequest } from '../../domain/request';
import { geminiRequest } from './gemini-request';

/** The fields of a request that Google cannot serve. Of one too deep to be read there are none: its call says what is wrong. */
export function geminiUnserved(request: CompletionRequest, model: string): readonly string[] {
  try {
    return geminiRequest(request, model).unserved;
  } catch {
    return [];
  }
}
