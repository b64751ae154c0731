export type { Entry, Journal, Recorded } from '../bulk/journal';
