// In: a text and what its ledger row says about who wrote it. Out: spans of every identifier in it.
// Invariant: offsets are UTF-16 units of the text as given, sorted, without overlaps.
import { findAccounts, findCodesAfter } from './accounts.ts';
import { findAddresses } from './addresses.ts';
import { findNames } from './name-model.ts';
import { findNumbers } from './numbers.ts';
import { foldWidth, mergeSpans, repeated } from './spans.ts';
import type { Identity, Span } from '../records.ts';

const knownFields = [['name', 'name', 2], ['phone', 'phone', 7], ['id_card', 'id_card', 8], ['staff_no', 'staff_no', 4], ['user', 'im', 4]] as const;

/** Places where the ledger's own name, telephone, … stand in the text word for word. */
function findKnown(folded: string, known: Identity): Span[] {
  const spans: Span[] = [];
  for (const [field, type, least] of knownFields) {
    const value = foldWidth(known[field] ?? '').trim();
    if (value.length < least || (type === 'name' && !/^[\u4e00-\u9fa5·]{2,}$/.test(value))) continue;
    if (field === 'user' && !/\d/.test(value) && !/[A-Za-z]{4}/.test(value)) continue;
    for (let at = folded.indexOf(value); at >= 0; at = folded.indexOf(value, at + value.length)) spans.push({ start: at, end: at + value.length, type });
  }
  return spans;
}

/** Identifiers of a text; the surer a finder, the earlier its word counts. */
export function findSpans(text: string, known: Identity = {}): Span[] {
  const folded = foldWidth(text);
  const { sure, said, loose } = findAccounts(folded);
  const told = mergeSpans(findKnown(folded, known), sure, said, ...findNumbers(folded), loose, findAddresses(folded));
  const names = findNames(folded, told);
  return mergeSpans(told, names, findCodesAfter(folded, names), repeated(folded, told.filter(({ start, end }) => end - start >= 5)));
}
