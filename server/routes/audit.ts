// In: an administrator's question. Out: the audit log 审计: who looked at which texts, asked, took along, changed what.
// Invariant: taking the log along is itself in it.
import { auditActions } from '../../datasets/vocabulary.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';

export const auditRoutes = ({ audit }: House) => [
  route('GET /api/audit', ({ query: { before, limit, ...filter } }) => ({ entries: audit.list(filter, limit, before), counts: audit.counts(filter), people: audit.people() })),

  route('GET /api/audit.csv', ({ query, user, res, ip }) => {
    const file = audit.csv(query);
    const asked = [query.user, query.action && auditActions[query.action], query.from && `自 ${query.from}`, query.to && `至 ${query.to}`].filter((part) => part !== undefined);
    audit.write(user.name, 'export', `审计记录${asked.length > 0 ? `（${asked.join('，')}）` : ''}`, ip);
    res.set('Cache-Control', 'no-store').type('csv').attachment('审计记录.csv').send(file);
    return undefined;
  }),
];
