import { UnknownRecord } from 'io-ts';
import { completionError } from '../../domain/error';
import { shortName } from '../../domain/short-name';
import { unwritableField } from '../../domain/unwritable-field';
import { writtenRequest } from './written-request';

/** Throws a `BadRequest` that names the field of a request which cannot be written as JSON, and does not show it. */
export function refuseUnwritable(request: unknown): void {
  if (!UnknownRecord.is(request)) return;
  const field = unwritableField(request, ['routing']) ?? unwritableField(writtenRequest(request) as object);
  if (field === undefined) return;
  const message = `the journal cannot keep the request, so it was not sent: ${shortName(field)}: cannot be written as JSON`;
  throw completionError({ _tag: 'BadRequest', message });
}
