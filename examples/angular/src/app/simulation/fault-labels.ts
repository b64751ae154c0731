import type { Fault } from './fault';

/** Each fault as the page names it, and whom it hits. */
export const faultLabels: readonly { readonly fault: Fault; readonly label: string }[] = [
  { fault: 'errors', label: 'Server errors (500) at south' },
  { fault: 'throttling', label: 'A tight rate limit (429) at west' },
  { fault: 'resets', label: 'Connection resets at south' },
  { fault: 'stalls', label: 'Stalls at east' },
  { fault: 'outage', label: 'Outage: all of them fail' },
];
