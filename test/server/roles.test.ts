import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpoints, roles, type EndpointName, type Role } from '../../server/api.ts';
import type { Client } from './client.ts';
import { start, type Running } from './client.ts';
import { newDataDir, publish } from './sample-warehouse.ts';

const q = encodeURIComponent(JSON.stringify({ metrics: ['petitions'] }));
/** A request to each endpoint; `done` is the status for those who may. */
const requests: { endpoint: EndpointName; path?: string; body?: unknown; done: number; who: readonly (Role | 'nobody')[] }[] = [
  { endpoint: 'GET /healthz', done: 200, who: ['nobody', 'leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /readyz', done: 200, who: ['nobody', 'leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/openapi.json', done: 200, who: ['nobody', 'leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/session', done: 200, who: ['nobody', 'leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/meta', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/quality', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/metrics', path: `/api/metrics?q=${q}`, done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/heat', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/curve', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/why', path: '/api/why?topic=pay&from=2026-10-01&to=2026-10-31', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/hotspots', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/hotspots/:id', path: '/api/hotspots/h1', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/supervision', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/matters', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/matters/:id', path: '/api/matters/none', done: 404, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/cases', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/cases/:id', path: '/api/cases/none', done: 404, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/topics/keywords', path: '/api/topics/keywords?from=2026-10-01&to=2026-10-28', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/topics/together', path: '/api/topics/together?from=2026-10-01&to=2026-10-28&topic=pay', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/topics/exemplars', path: '/api/topics/exemplars?from=2026-10-01&to=2026-10-28&topic=pay', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/surveys', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/surveys/:id', path: '/api/surveys/none', done: 404, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/surveys/:id/groups', path: '/api/surveys/none/groups?by=unit', done: 404, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/search', path: '/api/search?q=%E5%B7%A5%E8%B5%84', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/documents/:id', path: '/api/documents/none', done: 404, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'POST /api/documents/:id/correction', path: '/api/documents/none/correction', body: {}, done: 400, who: ['analyst', 'clerk', 'admin'] },
  { endpoint: 'DELETE /api/documents/:id/correction', path: '/api/documents/none/correction', done: 404, who: ['analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/notes', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'POST /api/notes', body: {}, done: 400, who: ['leader', 'clerk', 'admin'] },
  { endpoint: 'DELETE /api/notes/:id', path: '/api/notes/999', done: 404, who: ['leader', 'clerk', 'admin'] },
  { endpoint: 'GET /api/views', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'POST /api/views', body: {}, done: 400, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'DELETE /api/views/:id', path: '/api/views/999', done: 404, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'POST /api/imports', done: 400, who: ['clerk', 'admin'] },
  { endpoint: 'POST /api/imports/:id/run', path: '/api/imports/none/run', done: 404, who: ['clerk', 'admin'] },
  { endpoint: 'GET /api/jobs', done: 200, who: ['clerk', 'admin'] },
  { endpoint: 'POST /api/jobs', done: 200, who: ['clerk', 'admin'] },
  { endpoint: 'GET /api/jobs/:id', path: '/api/jobs/none', done: 404, who: ['clerk', 'admin'] },
  { endpoint: 'GET /api/jobs/:id/events', path: '/api/jobs/none/events', done: 404, who: ['clerk', 'admin'] },
  { endpoint: 'GET /api/sources', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/rejects', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/rejects.xlsx', path: '/api/rejects.xlsx?source_id=s1', done: 404, who: ['clerk', 'admin'] },
  { endpoint: 'GET /api/versions', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'POST /api/versions/rollback', body: { version: 0 }, done: 400, who: ['clerk', 'admin'] },
  { endpoint: 'POST /api/sql', body: { sql: 'SELECT 1' }, done: 200, who: ['analyst', 'admin'] },
  { endpoint: 'POST /api/sql/complete', body: { text: 'SEL' }, done: 200, who: ['analyst', 'admin'] },
  { endpoint: 'POST /api/sql/file', body: { sql: 'SELECT 1', format: 'docx' }, done: 400, who: ['analyst', 'admin'] },
  { endpoint: 'GET /api/queries', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'POST /api/queries', body: {}, done: 400, who: ['analyst', 'admin'] },
  { endpoint: 'GET /api/queries/:id', path: '/api/queries/none', done: 404, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'POST /api/queries/:id', path: '/api/queries/none', body: {}, done: 400, who: ['analyst', 'admin'] },
  { endpoint: 'DELETE /api/queries/:id', path: '/api/queries/none', done: 404, who: ['analyst', 'admin'] },
  { endpoint: 'POST /api/queries/:id/bring-back', path: '/api/queries/none/bring-back', done: 404, who: ['analyst', 'admin'] },
  { endpoint: 'POST /api/queries/:id/restore', path: '/api/queries/none/restore', body: { version_no: 1 }, done: 404, who: ['analyst', 'admin'] },
  { endpoint: 'POST /api/queries/:id/file', path: '/api/queries/none/file', body: { format: 'csv' }, done: 404, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'POST /api/queries/:id/run', path: '/api/queries/none/run', body: {}, done: 404, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/queries/:id/exports/:version', path: '/api/queries/none/exports/1', done: 404, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/board', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'POST /api/board', body: { pins: [] }, done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/tokens', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'POST /api/tokens', body: {}, done: 400, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'DELETE /api/tokens/:id', path: '/api/tokens/none', done: 404, who: ['leader', 'analyst', 'clerk', 'admin'] },
  // A session opens nothing here: only a token does.
  { endpoint: 'GET /api/v1/query/:id', path: '/api/v1/query/none', done: 401, who: ['nobody', 'leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'POST /api/v1/sql', body: { sql: 'SELECT 1' }, done: 401, who: ['nobody', 'leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/sql/schema', done: 200, who: ['analyst', 'admin'] },
  { endpoint: 'GET /api/sql/values/:table', path: '/api/sql/values/document', done: 200, who: ['analyst', 'admin'] },
  { endpoint: 'GET /api/sql/history', done: 200, who: ['analyst', 'admin'] },
  { endpoint: 'POST /api/table.xlsx', body: {}, done: 400, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/briefing', path: '/api/briefing?period=2026-13', done: 400, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/briefing.docx', path: '/api/briefing.docx?period=2026-13', done: 400, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/briefing.pdf', path: '/api/briefing.pdf?period=2026-13', done: 400, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/briefing.pptx', path: '/api/briefing.pptx?period=2026-13', done: 400, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/briefing.xlsx', path: '/api/briefing.xlsx?period=2026-13', done: 400, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/briefing/drafts', done: 200, who: ['leader', 'clerk', 'admin'] },
  { endpoint: 'POST /api/briefing/drafts', body: { period: '2026-13' }, done: 400, who: ['clerk', 'admin'] },
  { endpoint: 'GET /api/briefing/drafts/:id', path: '/api/briefing/drafts/9', done: 404, who: ['leader', 'clerk', 'admin'] },
  { endpoint: 'POST /api/briefing/drafts/:id/text', path: '/api/briefing/drafts/9/text', body: {}, done: 400, who: ['clerk', 'admin'] },
  { endpoint: 'GET /api/briefing/drafts/:id/versions/:n', path: '/api/briefing/drafts/9/versions/1', done: 404, who: ['leader', 'clerk', 'admin'] },
  { endpoint: 'GET /api/briefing/drafts/:id/changes', path: '/api/briefing/drafts/9/changes', done: 404, who: ['leader', 'clerk', 'admin'] },
  { endpoint: 'POST /api/briefing/drafts/:id/rebase', path: '/api/briefing/drafts/9/rebase', body: {}, done: 400, who: ['clerk', 'admin'] },
  { endpoint: 'POST /api/briefing/drafts/:id/steps', path: '/api/briefing/drafts/9/steps', body: { revision: 1, step: 'submit' }, done: 404, who: ['clerk', 'admin'] },
  { endpoint: 'POST /api/briefing/drafts/:id/decision', path: '/api/briefing/drafts/9/decision', body: { revision: 1, step: 'approve' }, done: 404, who: ['leader'] },
  { endpoint: 'GET /api/briefing/drafts/:id/file', path: '/api/briefing/drafts/9/file', done: 404, who: ['leader', 'clerk', 'admin'] },
  { endpoint: 'GET /api/briefing/templates', done: 200, who: ['admin'] },
  { endpoint: 'POST /api/briefing/templates', path: '/api/briefing/templates?unit=G', done: 400, who: ['admin'] },
  { endpoint: 'DELETE /api/briefing/templates', path: '/api/briefing/templates?unit=G', done: 404, who: ['admin'] },
  { endpoint: 'GET /api/users', done: 200, who: ['admin'] },
  { endpoint: 'POST /api/users', body: { name: '有 空格', role: 'leader' }, done: 400, who: ['admin'] },
  { endpoint: 'POST /api/users/:name/reset', path: '/api/users/none/reset', done: 404, who: ['admin'] },
  { endpoint: 'GET /api/audit', done: 200, who: ['admin'] },
  { endpoint: 'GET /api/audit.csv', path: '/api/audit.csv?action=read', done: 400, who: ['admin'] },
  { endpoint: 'GET /api/alerts', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/alerts/summary', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/alerts/quality', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/alerts/:id', path: '/api/alerts/none', done: 404, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'POST /api/alerts/:id/actions', path: '/api/alerts/none/actions', body: { action: 'start' }, done: 404, who: ['clerk', 'admin'] },
  { endpoint: 'POST /api/alerts/:id/comments', path: '/api/alerts/none/comments', body: { text: '请抓紧' }, done: 404, who: ['leader', 'clerk', 'admin'] },
  { endpoint: 'POST /api/alerts/:id/attachments', path: '/api/alerts/none/attachments', done: 404, who: ['clerk', 'admin'] },
  { endpoint: 'GET /api/alerts/:id/attachments/:attachment_id', path: '/api/alerts/none/attachments/x', done: 404, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/alerts/:id/report-draft', path: '/api/alerts/none/report-draft?kind=first', done: 404, who: ['clerk', 'admin'] },
  { endpoint: 'POST /api/alerts/:id/reports', path: '/api/alerts/none/reports', body: {}, done: 400, who: ['clerk', 'admin'] },
  { endpoint: 'GET /api/alerts/:id/reports/:n.docx', path: '/api/alerts/none/reports/1.docx', done: 404, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'GET /api/settings/detection', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'POST /api/settings/detection', body: { alarm_budget_per_month: 0 }, done: 400, who: ['admin'] },
  { endpoint: 'GET /api/settings', done: 200, who: ['admin'] },
  { endpoint: 'POST /api/settings/deadlines', body: {}, done: 400, who: ['admin'] },
  { endpoint: 'POST /api/settings/months', body: { month_start_day: 29 }, done: 400, who: ['admin'] },
  { endpoint: 'POST /api/settings/outbound', body: {}, done: 400, who: ['admin'] },
  { endpoint: 'POST /api/outbound/test', body: {}, done: 400, who: ['admin'] },
  { endpoint: 'GET /api/outbound', done: 200, who: ['admin'] },
  { endpoint: 'POST /api/outbound/:id/retry', path: '/api/outbound/none/retry', done: 404, who: ['admin'] },
  { endpoint: 'POST /api/session/password', body: {}, done: 400, who: ['leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'POST /api/session', body: {}, done: 400, who: ['nobody', 'leader', 'analyst', 'clerk', 'admin'] },
  { endpoint: 'DELETE /api/session', done: 200, who: ['leader', 'analyst', 'clerk', 'admin'] },
];

describe('who may do what', () => {
  let s: Running;
  const clients = new Map<Role | 'nobody', Client>();
  beforeAll(async () => {
    const dir = newDataDir();
    await publish(dir, 1);
    s = await start(dir);
    for (const role of Object.keys(roles) as Role[]) clients.set(role, await s.signedIn(`the_${role}`, role));
    const nobody = s.client();
    await nobody.session();
    clients.set('nobody', nobody);
  });
  afterAll(() => s.close());

  it('the table below names every endpoint', () => {
    expect(requests.map(({ endpoint }) => endpoint).sort()).toEqual((Object.keys(endpoints) as EndpointName[]).sort());
  });
  it.each(requests)('$endpoint is for $who', async ({ endpoint, path, body, done, who }) => {
    const [method = '', plain = ''] = endpoint.split(' ');
    const statuses: Record<string, number> = {};
    for (const [role, client] of clients) statuses[role] = (await client.send(method, path ?? plain, method === 'GET' ? undefined : body ?? {})).status;
    expect(statuses).toEqual(Object.fromEntries([...clients.keys()].map((role) => [role, who.includes(role) ? done : role === 'nobody' ? 401 : 403])));
  });
});
