import type { CompletionRequest } from '../../domain/request';

/** The fields of a request that a vendor counts. */
export type CountedRequest = Pick<CompletionRequest, 'messages' | 'tools' | 'tool_choice' | 'response_format'>;
