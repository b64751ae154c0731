import { right, type Either } from 'fp-ts/Either';
import {
  asyncScheduler,
  catchError,
  concat,
  defer,
  map,
  observeOn,
  of,
  switchMap,
  take,
  throwError,
  throwIfEmpty,
  type Observable,
} from 'rxjs';
import type { CreateTokenizerOptions } from './create-tokenizer-options';
import { createTokenizerSettings, type CreateTokenizerSettings } from './load/create-tokenizer-settings';
import { encoding } from './encoding';
import { hfLibrary$ } from './load/hf-library';
import { hfTokenizer } from './load/hf-tokenizer';
import { hubFiles$ } from './hub/hub-files';
import { hubToken$ } from './hub/hub-token';
import { isEncodingName } from './load/is-encoding-name';
import { kindOf } from './load/kind-of';
import { loadCache } from './load/load-cache';
import { loadKeys } from './load/load-keys';
import { localFiles } from './local/local-files';
import { oneLine } from './load/one-line';
import type { Tokenizer } from './tokenizer';
import type { TokenizerFiles } from './load/tokenizer-files';
import { tokenizerPlaces, type TokenizerPlace } from './load/tokenizer-places';
import { TokenizerProblem } from './load/tokenizer-problem';

/**
 * A tokenizer by its name on a Hugging Face hub, from an installed package or from a folder; an encoding by its own name. Looked up when
 * subscribed to. Emits one and completes. It never takes a program down: whatever goes wrong (no network, no permission, a broken file, a
 * missing package), it emits the encoding `fallback`, whose `fallback.reason` says in one line what happened and what would help. Only when
 * that encoding's package is missing as well does it error, in one line that has both problems. Bad options are a `TypeError` at the call.
 *
 * What was loaded is kept for as long as the process lives, by id, source, revision and whether there was a token; a failure for
 * `failureTtlMs`. Equal calls share one download, which is aborted when the last subscriber leaves. Parsing and building a tokenizer of
 * 11 MB each hold up everything else for about half a second, once.
 *
 * Special tokens in a text (`<|endoftext|>`) are text for an encoding, but single tokens for a tokenizer of the hub that lists them.
 *
 * @example createTokenizer('Qwen/Qwen3-8B', { token }).subscribe(({ count, fallback }) => console.log(count('hello world'), fallback?.reason));
 */
export function createTokenizer(id: string, options: CreateTokenizerOptions = {}): Observable<Tokenizer> {
  const settings = createTokenizerSettings(id, options);
  if (isEncodingName(id)) return encoding(id);
  return defer(() => found$(id, settings)).pipe(catchError((reason: unknown) => standIn$(id, settings, reason)));
}

const cache = loadCache<Tokenizer>();

type Token = Either<TokenizerProblem, string | undefined>;

function found$(id: string, settings: CreateTokenizerSettings): Observable<Tokenizer> {
  const places = tokenizerPlaces(id, settings.source);
  const isLocal = places.some(({ kind }) => kind !== 'hub');
  const keysWith = loadKeys(id, settings, isLocal ? localFiles.workingFolder() : '');
  const known = cache.loaded(keysWith(undefined).value);
  if (known !== undefined) return of(known);
  const isHubAsked = !settings.offline && places.some(({ kind }) => kind === 'hub');
  const token$ = isHubAsked ? hubToken$(settings) : of<Token>(right(undefined));
  return token$.pipe(
    switchMap((token) => {
      const keys = keysWith(token._tag === 'Right' ? token.right : undefined);
      return cache.load$(keys, () => loaded$(id, places, settings, token), settings);
    }),
  );
}

function loaded$(
  id: string,
  places: readonly TokenizerPlace[],
  settings: CreateTokenizerSettings,
  token: Token,
): Observable<Tokenizer> {
  const files$ = concat(...places.map((place) => filesAt$(place, settings, token))).pipe(
    take(1),
    throwIfEmpty(() => localFiles.noPackage(id)),
  );
  return hfLibrary$.pipe(
    switchMap((library) =>
      files$.pipe(
        observeOn(asyncScheduler), // parsing has just held up everything: others first
        map((files) => hfTokenizer(id, files, library)),
      ),
    ),
  );
}

function filesAt$(place: TokenizerPlace, settings: CreateTokenizerSettings, token: Token): Observable<TokenizerFiles> {
  switch (place.kind) {
    case 'folder':
      return localFiles.inFolder$(place.path, settings.maxBytes);
    case 'package':
      return localFiles.inPackage$(place.name, settings.maxBytes);
    case 'hub':
      return hubFiles$(place, settings, token);
  }
}

function standIn$(id: string, { fallback }: CreateTokenizerSettings, thrown: unknown): Observable<Tokenizer> {
  const { message, remedy } = thrown instanceof TokenizerProblem ? thrown : unforeseen(thrown);
  const problem = `${oneLine(id)}: ${message}`;
  const reason = `${problem}; ${fallback} is used instead: ${remedy}`;
  return encoding(fallback).pipe(
    map((tokenizer) => ({ ...tokenizer, id, fallback: { reason } })),
    catchError((cause: unknown) =>
      throwError(() => new Error(`${problem}; ${cause instanceof Error ? cause.message : kindOf(cause)}`, { cause })),
    ),
  );
}

function unforeseen(thrown: unknown): TokenizerProblem {
  return new TokenizerProblem(`it cannot be loaded (${kindOf(thrown)})`, 'check the id, or use another source');
}
