import type { Observable } from 'rxjs';

/** What the program knows of the world. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether what goes to `err` is read by a person at a terminal, where a line can be written over. */
  readonly isTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Emits at each Ctrl-C. Subscribed only while there is something to interrupt: otherwise it ends the program. */
  readonly interrupts$: Observable<unknown>;
  /** Emits when the program is asked to end (SIGTERM); likewise. */
  readonly terminations$: Observable<unknown>;
}
