import type { Tag } from './error';

interface At {
  /** Wall clock (ms since the epoch). */
  readonly at: number;
  readonly group: string;
  /** The request's place in its run. */
  readonly index: number;
}

interface AtDeployment extends At {
  /** Id of the deployment. */
  readonly deployment: string;
}

/** What a router does, as it does it. No event holds a prompt, a header or a key. */
export type RouterEvent =
  /** A call goes out; `attempt` counts the request's calls from 1. */
  | (AtDeployment & { readonly type: 'attempt-started'; readonly attempt: number })
  | (AtDeployment & { readonly type: 'attempt-succeeded'; readonly attempt: number; readonly elapsedMs: number })
  | (AtDeployment & {
      readonly type: 'attempt-failed';
      readonly attempt: number;
      readonly elapsedMs: number;
      readonly tag: Tag;
    })
  /** We ended the call: the subscriber left, `routing.until` spoke, the total deadline passed, or another call was first (a hedge, a race). */
  | (AtDeployment & { readonly type: 'attempt-aborted'; readonly attempt: number; readonly elapsedMs: number })
  /** A field of the request that this vendor cannot serve was left out (`dropUnsupported`). */
  | (AtDeployment & { readonly type: 'field-dropped'; readonly field: string })
  /** After a failed try; 0 when another deployment takes it at once. */
  | (At & { readonly type: 'retry-scheduled'; readonly waitMs: number; readonly tag: Tag })
  /** The provider asked for patience; not a failed try. */
  | (AtDeployment & { readonly type: 'throttled'; readonly waitMs: number; readonly tag: Tag })
  /** Without an `index`: another process that shares our limits has met it, not one of our requests. */
  | (Omit<AtDeployment, 'index'> & {
      readonly type: 'cooldown-entered';
      readonly index?: number;
      readonly cause: 'failing' | 'config' | 'parked';
      readonly cooledForMs: number;
    })
  | (AtDeployment & { readonly type: 'cooldown-left' })
  /** The group has failed with `tag`; the request goes on to the group `to`. */
  | (At & { readonly type: 'fallback-taken'; readonly to: string; readonly tag: Tag })
  /** A call was silent for `waitMs`; a second one goes out to this deployment. */
  | (AtDeployment & { readonly type: 'hedge-sent'; readonly waitMs: number })
  /** `countTokens` failed for this `provider/model`, or gave no number: its tokens are taken to be a quarter of the characters. */
  | (At & { readonly type: 'count-failed'; readonly model: string })
  /** A request had to wait for a place: a limit, a cooldown, or somebody before it. */
  | (At & { readonly type: 'limit-waited'; readonly waitMs: number });
