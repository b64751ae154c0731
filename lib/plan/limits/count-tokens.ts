import type { Observable } from 'rxjs';
import type { CompletionRequest } from '../../domain/request';

/** Counts the tokens of a prompt as a vendor's model reads it; `model` is `provider/model`. The last value of an Observable counts. */
export type CountTokens = (request: CompletionRequest, model: string) => number | Observable<number>;
