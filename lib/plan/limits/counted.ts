import { catchError, defaultIfEmpty, defer, forkJoin, isObservable, map, of, type Observable } from 'rxjs';
import { namedModel } from '../../domain/named-model';
import type { CompletionRequest } from '../../domain/request';
import type { DeploymentState } from '../deployment';
import type { CountTokens } from './count-tokens';
import type { Estimate } from './estimate';

interface Counter {
  readonly countTokens: CountTokens;
  /** Told of a model whose tokens it cannot count. */
  readonly failed: (model: string) => void;
}

/**
 * The estimate with the tokens counted, once for each model of the deployments. Emits once, at once where the counter does, and completes;
 * never errors: what cannot be counted stays a quarter of the characters.
 *
 * @param estimate that of the request
 * @param star what stands in the place of a star in a model's name
 */
export function counted(
  request: CompletionRequest,
  estimate: Estimate,
  deployments: readonly DeploymentState[],
  star: string | undefined,
  { countTokens, failed }: Counter,
): Observable<Estimate> {
  const models = [...new Set(deployments.map(({ model }) => model))];
  const counts = models.map((model) => {
    const named = namedModel(model, star);
    return count(request, named, countTokens).pipe(
      map((tokens) => {
        if (Number.isFinite(tokens) && tokens >= 0) return Math.ceil(tokens);
        failed(named);
        return estimate.input;
      }),
    );
  });
  return forkJoin(counts).pipe(
    map((all) => ({ ...estimate, counts: new Map(models.map((model, i) => [model, all[i] ?? estimate.input])) })),
  );
}

function count(request: CompletionRequest, model: string, countTokens: CountTokens): Observable<number> {
  return defer(() => {
    const tokens = countTokens(request, model);
    return isObservable(tokens) ? tokens : of(tokens);
  }).pipe(
    catchError(() => of(NaN)),
    defaultIfEmpty(NaN),
  );
}
