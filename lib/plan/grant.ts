import type { Permit } from './group';
import { startProbe } from './health';

/** Takes a place at the deployment that was chosen. */
export function grant({ deployment, probe }: Pick<Permit, 'deployment' | 'probe'>): Permit {
  const number = deployment.sent;
  deployment.sent += 1;
  deployment.inFlight += 1;
  if (probe) deployment.health = startProbe(deployment.health);
  return { deployment, probe, number };
}
