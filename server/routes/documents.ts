// In: a document's id, perhaps what a reader says it is. Out: the text with what was read from it, or the correction 改标 kept.
// Invariant: every look and every correction is in the audit log; restricted texts can be neither seen nor corrected. What the model read is kept beside a correction, once.
import { addCorrection, readCorrections } from '../../datasets/corrections.ts';
import { ZhiweiError } from '../../datasets/errors.ts';
import type { DocumentDetail } from '../api.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { labelsOf, sameLabels } from '../read-labels.ts';
import { scopedViews } from '../scoped-views.ts';
import type { Reader } from '../warehouse.ts';

type Found = Omit<DocumentDetail, 'correction'>;

async function documentOf(reader: Reader, id: string, scope: string | null): Promise<Found> {
  const views = scopedViews('main', scope);
  const [document] = await reader.query<Found['document']>(`SELECT d.document_id, d.kind, d.channel, d.received_date, d.unit_id, u.name AS unit_name, d.title, d.text, d.people, d.likes, d.polarity, d.intensity, d.intent, d.critical, d.critical_reason, d.matter_id,
    p.registration_no, p.registered_date, p.accepted_date, p.concluded_date, p.outcome, p.reply, p.satisfaction
    FROM (${views.document}) d JOIN unit u USING (unit_id) LEFT JOIN (${views.petition}) p USING (document_id) WHERE d.document_id = ? AND NOT d.restricted`, [id]);
  if (!document) throw new ZhiweiError('not_found', '没有这条文字，或它不在你的查看范围内');
  const [demands, [frame]] = await Promise.all([
    reader.query<Found['demands'][number]>(`SELECT topic, subtopic, probability, evidence_start, evidence_end FROM (${views.demand}) WHERE document_id = ? ORDER BY probability DESC, topic`, [id]),
    reader.query<NonNullable<Found['frame']>>(`SELECT * FROM (${views.demand_frame}) WHERE document_id = ?`, [id]),
  ]);
  return { document, demands, frame: frame ?? null };
}

export const documentRoutes = ({ dir, warehouse, audit }: House) => [
  route('GET /api/documents/:id', ({ param, user, ip }) => warehouse.use(async (reader) => {
    const id = param('id');
    const found = await documentOf(reader, id, user.unit_path);
    audit.write(user.name, 'view_text', `文字 ${id}`, ip);
    const given = readCorrections(dir).get(id);
    return { ...found, correction: given ? { by: given.by, at: given.at, labels: given.labels, pending: !sameLabels(given.labels, labelsOf(found.document, found.demands)) } : null };
  })),

  route('POST /api/documents/:id/correction', ({ param, user, ip, body }) => warehouse.use(async (reader) => {
    const id = param('id');
    const { document, demands } = await documentOf(reader, id, user.unit_path);
    // After a run the warehouse says what the reader said, so what the model had read is taken over.
    const read = readCorrections(dir).get(id)?.read ?? labelsOf(document, demands);
    addCorrection(dir, { document_id: id, by: user.name, at: new Date().toISOString(), labels: body, read });
    audit.write(user.name, 'correction', `文字 ${id}：${body.topics.map((t) => t.subtopic ?? t.code).join('、')}，${body.polarity} ${body.intensity}，${body.intent}${body.critical ? '，紧急' : ''}`, ip);
    return { ok: true as const };
  })),

  route('DELETE /api/documents/:id/correction', ({ param, user, ip }) => warehouse.use(async (reader) => {
    const id = param('id');
    await documentOf(reader, id, user.unit_path);
    const given = readCorrections(dir).get(id);
    if (!given) throw new ZhiweiError('not_found', '这条文字没有改过');
    addCorrection(dir, { document_id: id, by: user.name, at: new Date().toISOString(), labels: null, read: given.read });
    audit.write(user.name, 'correction', `文字 ${id}：撤回改正`, ip);
    return { ok: true as const };
  })),
];
