// In: words, phrases and filters. Out: texts that match, marked.
// Invariant: every look is in the audit log with the query and the texts that were shown; restricted texts are in no reply.
import { ZhiweiError } from '../../datasets/errors.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { scopedUnit } from '../scope.ts';
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
];
