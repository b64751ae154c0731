import type { CompletionChunk } from '../domain/chunk';
import type { Flow } from '../transport/transport';

/** Who hears an answer while it comes. */
export interface Listener {
  readonly hear: (chunk: CompletionChunk) => void;
  /** What was heard is void: the answer begins again. */
  readonly restart: () => void;
  /** What follows when a stream breaks after something was heard: the request fails, begins again, or goes on from there where it can. */
  readonly onBreak: 'fail' | 'restart' | 'continue';
  /** How fast it can hear; absent: as fast as it comes. */
  readonly flow?: Flow | undefined;
}
