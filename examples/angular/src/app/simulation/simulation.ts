import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { Deployment } from 'rx-fanout';
import { catchError, map, type Observable, tap, throwError } from 'rxjs';
import type { Fault } from './fault';
import type { ServerStats } from './server-stats';
import { simulatedDeployment } from './simulated-deployment';
import type { SimulatedProvider } from './simulated-provider';

interface Described {
  readonly deployments: readonly SimulatedProvider[];
}

/** The simulated providers, which run beside the server of this page. */
@Injectable({ providedIn: 'root' })
export class Simulation {
  private readonly http = inject(HttpClient);
  private known: readonly Deployment[] = [];

  /** The deployments last heard of. */
  deployments(): readonly Deployment[] {
    return this.known;
  }

  /** Their ids, in the order of their colours. */
  ids(): readonly string[] {
    return this.known.flatMap(({ id }) => id ?? []);
  }

  /** Asks where they are. */
  load$(): Observable<readonly Deployment[]> {
    return this.http.get<Described>('simulation').pipe(
      map(({ deployments }) => deployments.map(simulatedDeployment)),
      tap((deployments) => (this.known = deployments)),
    );
  }

  /** Starts them anew with these faults: what they count begins at 0. */
  restart$(faults: readonly Fault[]): Observable<readonly Deployment[]> {
    return this.http.post<Described>('simulation', { faults }).pipe(
      map(({ deployments }) => deployments.map(simulatedDeployment)),
      catchError(() => throwError(() => new Error('The server of this page does not answer: is it still running?'))),
    );
  }

  stats$(): Observable<ServerStats> {
    return this.http.get<readonly ServerStats[]>('simulation/stats').pipe(
      map((servers) => ({
        requests: sum(servers, 'requests'),
        inFlight: sum(servers, 'inFlight'),
        aborted: sum(servers, 'aborted'),
      })),
    );
  }
}

function sum(servers: readonly ServerStats[], count: keyof ServerStats): number {
  return servers.reduce((total, server) => total + server[count], 0);
}
