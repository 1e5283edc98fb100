// In: nothing. Out: the type of what every route works with.
// Invariant: made once, in app.ts; routes take what they need from it and keep nothing of their own.
import type { Logger } from 'pino';
import type { DataDir } from '../datasets/data-dir.ts';
import type { Alerts } from './alerts/alerts.ts';
import type { OutboundQueue } from './alerts/outbound/queue.ts';
import type { AskedQuestions } from './asked-questions.ts';
import type { Audit } from './audit.ts';
import type { Drafts } from './briefing/drafts/drafts.ts';
import type { Templates } from './briefing/template/templates.ts';
import type { Imports } from './imports.ts';
import type { Jobs } from './jobs.ts';
import type { Keepsakes } from './keepsakes.ts';
import type { QueryRefresh } from './queries/refresh.ts';
import type { SavedQueries } from './queries/store.ts';
import type { Tokens } from './queries/tokens.ts';
import type { SandboxPool } from './sandbox-pool.ts';
import type { SqlCompleter } from './sql-complete.ts';
import type { State } from './state.ts';
import type { Users } from './users.ts';
import type { Warehouse } from './warehouse.ts';

export interface House {
  dir: DataDir; state: State; warehouse: Warehouse; sandbox: SandboxPool; completer: SqlCompleter;
  users: Users; audit: Audit; imports: Imports; jobs: Jobs; log: Logger; alerts: Alerts; outbound: OutboundQueue; drafts: Drafts; templates: Templates; keepsakes: Keepsakes; queries: SavedQueries; refresh: QueryRefresh; tokens: Tokens; asked: AskedQuestions;
}
