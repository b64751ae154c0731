import { provideHttpClient, withFetch } from '@angular/common/http';
import {
  type ApplicationConfig,
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  provideZonelessChangeDetection,
} from '@angular/core';
import { provideFanout } from 'rx-fanout/angular';
import { routerConfig } from './router-config';
import { Simulation } from './simulation/simulation';

/** The router is made when it is first injected, and by then the page knows where the simulated providers are. */
export const boardConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideZonelessChangeDetection(),
    provideHttpClient(withFetch()),
    provideAppInitializer(() => inject(Simulation).load$()),
    provideFanout(() => routerConfig(inject(Simulation).deployments())),
  ],
};
