// In: incoming documents with identities. Out: the same documents with typed marks for identifiers, and keyed hashes of who wrote.
// Invariant: nothing that leaves here holds a name, number, address or account that was found, nor any identity field.
import { findSpans } from './deidentify/find-spans.ts';
import { personKeys } from './deidentify/person-keys.ts';
import { replaceSpans } from './deidentify/spans.ts';
import type { Identity, IncomingDocument, PersonKeys, Progress, Span } from './records.ts';

/** A text with its identifiers replaced by marks (`[姓名]`, `[电话]` …), and where they stood: UTF-16 offsets in the text as given. */
export function deidentifyText(text: string, known: Identity = {}): { text: string; spans: Span[] } {
  const spans = findSpans(text, known);
  return { text: replaceSpans(text, spans), spans };
}

/** The stage: texts without identifiers, identities emptied, and per document the keys by which its writer is recognised again. */
export function deidentify(documents: IncomingDocument[], secret: Buffer, progress?: Progress): { documents: IncomingDocument[]; persons: PersonKeys[] } {
  const persons: PersonKeys[] = [];
  const cleaned = documents.map((document, index): IncomingDocument => {
    const { identity, petition } = document;
    const clean = (text: string | null) => (text === null ? null : deidentifyText(text, identity).text);
    const { text, spans } = deidentifyText(document.text, identity);
    const keys = personKeys(document, spans, secret);
    if (keys.length > 0) persons.push({ document_id: document.document_id, received_date: document.received_at.slice(0, 10), keys });
    if ((index + 1) % 500 === 0) progress?.(index + 1, documents.length);
    return {
      ...document, title: clean(document.title), text, identity: {},
      petition: petition === null ? null : { ...petition, outcome: clean(petition.outcome), reply: clean(petition.reply) },
    };
  });
  progress?.(documents.length, documents.length);
  return { documents: cleaned, persons };
}
