/** What can be made to go wrong at the simulated providers. */
export type Fault = 'errors' | 'throttling' | 'resets' | 'stalls' | 'outage';
