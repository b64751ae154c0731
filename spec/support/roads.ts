import axios from 'axios';
import { createAdapter } from '../../lib/transport/adapter-fetch';
import type { AxiosTransportOptions } from '../../lib/transport/axios';

/** The ways in which a stream travels, for `describe.each`. Node's fetch stands in for a browser's. */
export const roads: readonly (readonly [road: string, options: () => AxiosTransportOptions])[] = [
  ['undici', () => ({})],
  ["a user's axios", () => ({ instance: axios.create() })],
  ['fetch', () => ({ instance: axios.create({ adapter: createAdapter().adapter }) })],
];
