// In: words, phrases and filters; or one document's id. Out: texts that match, marked; one text with what was read from it.
// Invariant: every look is in the audit log with the query and the texts that were shown; restricted texts are in no reply.
import { ZhiweiError } from '../../datasets/errors.ts';
import type { DocumentDetail } from '../api.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { scopedUnit } from '../scope.ts';
import { scopedViews } from '../scoped-views.ts';
import { findDocuments, nearTerms, pageSize, vocabularyOf } from '../search/find-documents.ts';
import { marked, snippet } from '../search/highlight.ts';
import { parseQuery } from '../search/parse-query.ts';

export const searchRoutes = ({ warehouse, audit }: House) => [
  route('GET /api/search', ({ query, user, ip }) => warehouse.use(async (reader) => {
    const path = await scopedUnit(reader, query.unit, user.unit_path);
    const parsed = parseQuery(query.q, (await vocabularyOf(reader)).terms);
    if (parsed.groups.length + parsed.phrases.length + parsed.unknown.length === 0) throw new ZhiweiError('bad_request', '请写要找的词；多个词用空格隔开，整句放在引号里');
    const { total, strict, rows, facets } = await findDocuments(reader, { parsed, query, path, scope: user.unit_path });
    audit.write(user.name, 'view_text', `检索“${query.q}”，第 ${query.page} 页，显示 ${rows.length} 条：${rows.map((r) => r.document_id).join(' ')}`, ip);
    const wanted = [...parsed.phrases, ...parsed.unknown, ...parsed.groups.flatMap((g) => [...g.terms, g.word])];
    return {
      total, strict, pages: Math.ceil(total / pageSize), words: [...parsed.groups.map((g) => g.word), ...parsed.unknown], phrases: parsed.phrases, facets,
      near: total === 0 ? await nearTerms(reader, query.q, user.unit_path) : [],
      hits: rows.map(({ title, text, ...row }) => ({ ...row, title: title === null ? null : marked(title, wanted), text: snippet(text, wanted) })),
    };
  })),

  route('GET /api/documents/:id', ({ param, user, ip }) => warehouse.use(async (reader) => {
    const id = param('id');
    const views = scopedViews('main', user.unit_path);
    const [document] = await reader.query<DocumentDetail['document']>(`SELECT d.document_id, d.kind, d.channel, d.received_date, d.unit_id, u.name AS unit_name, d.title, d.text, d.people, d.likes, d.polarity, d.intensity, d.intent, d.critical, d.critical_reason, d.matter_id,
      p.registration_no, p.registered_date, p.accepted_date, p.concluded_date, p.outcome, p.reply, p.satisfaction
      FROM (${views.document}) d JOIN unit u USING (unit_id) LEFT JOIN (${views.petition}) p USING (document_id) WHERE d.document_id = ? AND NOT d.restricted`, [id]);
    if (!document) throw new ZhiweiError('not_found', '没有这条文字，或它不在你的查看范围内');
    const [demands, [frame]] = await Promise.all([
      reader.query<DocumentDetail['demands'][number]>(`SELECT topic, subtopic, probability, evidence_start, evidence_end FROM (${views.demand}) WHERE document_id = ? ORDER BY probability DESC, topic`, [id]),
      reader.query<NonNullable<DocumentDetail['frame']>>(`SELECT * FROM (${views.demand_frame}) WHERE document_id = ?`, [id]),
    ]);
    audit.write(user.name, 'view_text', `文字 ${id}`, ip);
    return { document, demands, frame: frame ?? null };
  })),
];
