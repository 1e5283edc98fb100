// In: an alert's number, a report's form. Out: reports 首报/续报/终报: drafted, saved, sent, printed.
// Invariant: a quote is an exact part of an unrestricted text that the writer may read, and no personal number passes.
import { ZhiweiError } from '../../datasets/errors.ts';
import { reportKinds } from '../../datasets/vocabulary.ts';
import { openText } from '../alerts/evidence.ts';
import { reportDocx } from '../alerts/report-docx.ts';
import { reportDraft } from '../alerts/report-draft.ts';
import { transition } from '../alerts/transitions.ts';
import type { ReportFields } from '../api.ts';
import { holdsIdentifier } from '../briefing/quotes.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import type { Reader } from '../warehouse.ts';

const labels: Partial<Record<keyof ReportFields, string>> = { title: '标题', unit: '单位', topic: '诉求', period: '时间', figures: '观测与期望', situation: '基本情况', measures: '已采取措施', progress: '进展与成效', next: '下一步' };

async function check(reader: Reader, fields: ReportFields, scope: string | null): Promise<void> {
  for (const [key, label] of Object.entries(labels)) {
    const value = fields[key as keyof ReportFields];
    if (typeof value === 'string' && holdsIdentifier(value)) throw new ZhiweiError('bad_request', `“${label}”中有电话、证件号等个人信息；请删去后再保存`);
  }
  for (const [i, { document_id, text }] of fields.quotes.entries()) {
    if (!(await openText(reader, document_id, scope))?.includes(text)) throw new ZhiweiError('bad_request', `第 ${i + 1} 处引文与去标识原文不符；引文须逐字照录`);
  }
}

export const alertReportRoutes = ({ alerts, warehouse, audit }: House) => [
  route('GET /api/alerts/:id/report-draft', ({ param, query, user }) => {
    const alert = alerts.store.get(param('id'), user.unit_path);
    transition(alert.state, `report_${query.kind}`, user.role);
    return warehouse.use((reader) => reportDraft(reader, alerts, alert, query.kind, user.unit_path));
  }),

  route('POST /api/alerts/:id/reports', async ({ param, body: { kind, fields, submit }, user, ip }) => {
    alerts.store.get(param('id'), user.unit_path);
    if (submit && kind === 'final' && fields.outcome === null) throw new ZhiweiError('bad_request', '终报须写明结果');
    if (kind !== 'final' && fields.outcome !== null) throw new ZhiweiError('bad_request', '只有终报写结果');
    if (submit && fields.situation === '') throw new ZhiweiError('bad_request', '请填写基本情况');
    await warehouse.use((reader) => check(reader, fields, user.unit_path));
    const done = alerts.report(param('id'), user, kind, fields, submit);
    audit.write(user.name, 'alert_report', `${done.alert.alert_id} ${reportKinds[kind]}${submit ? '报出' : '草稿'}`, ip);
    return done;
  }),

  route('GET /api/alerts/:id/reports/:n.docx', async ({ param, user, res, ip }) => {
    const alert = alerts.store.get(param('id'), user.unit_path);
    const acts = user.role === 'clerk' || user.role === 'admin';
    const report = alerts.store.reports(alert.alert_id).find((r) => String(r.report_no) === param('n') && (acts || r.submitted_at !== null));
    if (!report) throw new ZhiweiError('not_found', '没有这份报告');
    const file = await reportDocx(alert, report);
    audit.write(user.name, 'export', `预警报告 ${alert.alert_id} 第 ${report.report_no} 份`, ip);
    res.set('Cache-Control', 'no-store').type('docx').attachment(`预警${alert.alert_id}-${reportKinds[report.kind]}-${report.report_no}.docx`).send(file);
    return undefined;
  }),
];
