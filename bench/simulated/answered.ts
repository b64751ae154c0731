import type { Reply } from 'rx-fanout';
import { reply } from '../contenders/exchange';

/** The reply of a simulated server to a call that it takes. */
export const answered: Reply = { status: 200, headers: {}, body: { _tag: 'Right', right: reply } };
