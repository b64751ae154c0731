import { defect } from '../domain/defect';
import type { CompletionRequest } from '../domain/request';
import type { DeploymentState } from '../plan/deployment';
import type { Group } from '../plan/group';
import type { Provider } from '../provider/provider';

const nobody: ReadonlySet<string> = new Set();

/**
 * The vendors of a group that cannot serve what a request asks for, so that others of the group do. Nobody, where all of them are
 * one vendor's, or none can: then it is told in the vendor's name what it cannot do, or that is left out. Throws a `Defect` when a provider
 * throws.
 */
export function refusedBy(
  { deployments, isMixed }: Group,
  request: CompletionRequest,
  providerOf: (one: DeploymentState) => Provider,
): ReadonlySet<string> {
  if (!isMixed) return nobody;
  const oneOfEach = new Map(deployments.map((one) => [one.vendor, one]));
  const refusing = [...oneOfEach].filter(([, one]) => unservedBy(providerOf(one), request).length > 0);
  return refusing.length === oneOfEach.size ? nobody : new Set(refusing.map(([vendor]) => vendor));
}

function unservedBy(provider: Provider, request: CompletionRequest): readonly string[] {
  try {
    return provider.unserved?.(request) ?? [];
  } catch (thrown) {
    throw defect(`unserved of the provider '${provider.name}'`, thrown);
  }
}
