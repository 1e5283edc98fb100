// In: a data directory. Out: the Express application and all it holds open.
// Invariant: the wiring of the server, in the order a request meets it; no work is done here.
import { fileURLToPath } from 'node:url';
import compression from 'compression';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { DestinationStream } from 'pino';
import type { DataDir } from '../datasets/data-dir.ts';
import { ZhiweiError } from '../datasets/errors.ts';
import { Alerts } from './alerts/alerts.ts';
import { clearIncoming } from './alerts/attachments.ts';
import { OutboundQueue } from './alerts/outbound/queue.ts';
import { endpoints, type EndpointName } from './api.ts';
import { AskedQuestions } from './asked-questions.ts';
import { Audit } from './audit.ts';
import { Drafts } from './briefing/drafts/drafts.ts';
import { Templates } from './briefing/template/templates.ts';
import { errorReply } from './error-reply.ts';
import type { Route } from './endpoint.ts';
import type { House } from './house.ts';
import { Imports } from './imports.ts';
import { Jobs } from './jobs.ts';
import { Keepsakes } from './keepsakes.ts';
import { makeLog, requestLog } from './log.ts';
import { bySession, byToken, tokenThrottle } from './queries/by-token.ts';
import { QueryRefresh } from './queries/refresh.ts';
import { SavedQueries } from './queries/store.ts';
import { Tokens } from './queries/tokens.ts';
import { alertFileRoutes } from './routes/alert-files.ts';
import { alertReportRoutes } from './routes/alert-reports.ts';
import { alertSettingsRoutes } from './routes/alert-settings.ts';
import { alertRoutes } from './routes/alerts.ts';
import { auditRoutes } from './routes/audit.ts';
import { briefingDraftRoutes } from './routes/briefing-drafts.ts';
import { briefingTemplateRoutes } from './routes/briefing-templates.ts';
import { briefingRoutes } from './routes/briefing.ts';
import { expectationRoutes } from './routes/expectation.ts';
import { handlingRoutes } from './routes/handling.ts';
import { healthRoutes } from './routes/health.ts';
import { hotspotRoutes } from './routes/hotspots.ts';
import { importRoutes } from './routes/imports.ts';
import { jobRoutes } from './routes/jobs.ts';
import { keepsakeRoutes } from './routes/keepsakes.ts';
import { matterRoutes } from './routes/matters.ts';
import { metaRoutes } from './routes/meta.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { outsideRoutes } from './routes/outside.ts';
import { qualityRoutes } from './routes/quality.ts';
import { queryRoutes } from './routes/queries.ts';
import { documentRoutes } from './routes/documents.ts';
import { searchRoutes } from './routes/search.ts';
import { sessionRoutes } from './routes/session.ts';
import { sourceRoutes } from './routes/sources.ts';
import { sqlRoutes } from './routes/sql.ts';
import { surveyRoutes } from './routes/surveys.ts';
import { tableRoutes } from './routes/table.ts';
import { topicRoutes } from './routes/topics.ts';
import { userRoutes } from './routes/users.ts';
import { versionRoutes } from './routes/versions.ts';
import { whyRoutes } from './routes/why.ts';
import { SandboxPool } from './sandbox-pool.ts';
import type { OutboundSecrets } from './settings.ts';
import { csrfProtection, identify, requestThrottle, sessions, signInThrottles } from './sign-in.ts';
import { SqlCompleter } from './sql-complete.ts';
import { openState } from './state.ts';
import { Users } from './users.ts';
import { Warehouse } from './warehouse.ts';
import { outsideApi, page, webHeaders } from './web-files.ts';

export interface AppOptions { dir: DataDir; trustProxy?: number; logLevel?: string; logTo?: DestinationStream; webFolder?: string; secrets?: OutboundSecrets; clock?: () => Date; /** Whether to load what answers SQL before anybody asks. */ warm?: boolean }
export interface App { app: Express; house: House; close(): Promise<void> }

const builtWeb = fileURLToPath(new URL('../dist/web', import.meta.url));

/** Script only from here; style attributes are allowed for the tooltips that ECharts writes as HTML. */
const contentSecurity = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], styleSrcAttr: ["'unsafe-inline'"], imgSrc: ["'self'", 'data:', 'blob:'], fontSrc: ["'self'"],
    connectSrc: ["'self'"], manifestSrc: ["'self'"], formAction: ["'self'"], baseUri: ["'none'"], frameAncestors: ["'none'"], objectSrc: ["'none'"],
  },
};

/** Opens everything a server needs. `close` waits for nothing but releases all. */
export async function createApp({ dir, trustProxy = 0, logLevel = 'info', logTo, webFolder = builtWeb, secrets = { webhook: null, smtp: null }, clock, warm = false }: AppOptions): Promise<App> {
  const log = makeLog(logLevel, logTo);
  const state = openState(dir.state);
  const warehouse = await Warehouse.open(dir, { warn: (message, err) => log.warn({ err }, message) });
  const imports = new Imports(dir, state);
  const outbound = new OutboundQueue(state, dir, secrets);
  const alerts = new Alerts(state, dir, warehouse, outbound, clock);
  const users = new Users(state);
  const held = {
    dir, state, warehouse, imports, log, alerts, outbound, users, sandbox: new SandboxPool(), completer: new SqlCompleter(), audit: new Audit(state), queries: new SavedQueries(state), tokens: new Tokens(state, users), keepsakes: new Keepsakes(state), drafts: new Drafts(state, dir, clock), templates: new Templates(state, dir), asked: new AskedQuestions(state),
    jobs: new Jobs(state, imports, () => warehouse.refresh()),
  };
  const house: House = { ...held, refresh: new QueryRefresh(held) };
  const { store, middleware: session } = sessions(dir, state);

  const app = express();
  app.disable('x-powered-by').disable('etag').set('trust proxy', trustProxy).set('query parser', 'simple');
  app.use(requestLog(log), helmet({ contentSecurityPolicy: contentSecurity, strictTransportSecurity: trustProxy > 0, referrerPolicy: { policy: 'same-origin' } }));
  app.use(compression({ filter: (req, res) => !String(res.getHeader('Content-Type') ?? '').startsWith('text/event-stream') && compression.filter(req, res) }));
  app.use(outsideApi(express.static(webFolder, { index: false, setHeaders: webHeaders, fallthrough: true })));
  app.use('/api', requestThrottle(), (_req, res, next) => { res.set('Cache-Control', 'no-store'); next(); });
  app.use('/api/v1', byToken(house.tokens), tokenThrottle());
  app.use(bySession(session), bySession(identify(house.users)), bySession(csrfProtection));
  app.use('/api/table.xlsx', express.json({ limit: '4mb', strict: true }));
  app.use(express.json({ limit: '200kb', strict: true }));
  app.post(['/api/session', '/api/session/password'], ...signInThrottles());
  mount(app, [
    healthRoutes,
    sessionRoutes,
    metaRoutes,
    metricsRoutes,
    expectationRoutes,
    whyRoutes,
    hotspotRoutes,
    handlingRoutes,
    matterRoutes,
    keepsakeRoutes,
    documentRoutes, searchRoutes,
    topicRoutes,
    surveyRoutes,
    qualityRoutes,
    importRoutes,
    jobRoutes,
    sourceRoutes,
    versionRoutes,
    sqlRoutes,
    queryRoutes,
    outsideRoutes,
    briefingRoutes,
    briefingDraftRoutes,
    briefingTemplateRoutes,
    tableRoutes,
    userRoutes,
    auditRoutes,
    alertRoutes,
    alertReportRoutes,
    alertFileRoutes,
    alertSettingsRoutes,
  ].flatMap((routes): Route[] => routes(house)));
  app.use(page(webFolder), errorReply(log));

  house.jobs.resume();
  const stopAlerts = await followAlerts(house, warm);
  warehouse.onOpened = (reader, wanted) => house.asked.warm(reader, wanted);
  void warehouse.warmServed();
  const close = async () => {
    stopAlerts();
    house.jobs.close();
    house.refresh.close();
    house.sandbox.close();
    house.completer.close();
    house.asked.close();
    warehouse.close();
    store.close();
    state.close();
  };
  return { app, house, close };
}

const outboundMs = 15_000, remindMs = 600_000;

/** Keeps alerts in step with the version served, and sends what is to be sent. */
async function followAlerts({ alerts, outbound, warehouse, refresh, sandbox, dir, log }: House, warm: boolean): Promise<() => void> {
  clearIncoming(dir.attachments);
  // A new version waits for its alerts, not for the files that follow.
  const ready = async () => { if (warm && warehouse.version !== null) await warehouse.use(({ file }) => sandbox.warm(file)); };
  warehouse.onServed = async () => { void refresh.start(); await alerts.sync(); void ready(); };
  void refresh.start();
  await alerts.sync().catch((err: unknown) => log.error({ err }, 'alerts could not be matched'));
  void ready();
  const failed = (err: unknown) => log.error({ err }, 'outbound messages failed');
  const timers = [
    setInterval(() => void outbound.deliver(() => alerts.now()).catch(failed), outboundMs),
    setInterval(() => { try { alerts.remind(); } catch (err) { failed(err); } }, remindMs),
  ];
  timers.forEach((timer) => timer.unref());
  return () => { timers.forEach(clearInterval); warehouse.onServed = null; outbound.close(); };
}

/** Every endpoint of api.ts gets its handler, and no handler is left over. */
function mount(app: Express, routes: readonly Route[]): void {
  const handlers = new Map<EndpointName, Route['handle']>(routes.map(({ name, handle }) => [name, handle]));
  for (const name of Object.keys(endpoints) as EndpointName[]) {
    const handle = handlers.get(name);
    if (!handle) throw new ZhiweiError('failed', `no handler for ${name}`);
    const [method, path = ''] = name.split(' ');
    if (method === 'GET') app.get(path, handle);
    else if (method === 'DELETE') app.delete(path, handle);
    else app.post(path, handle);
  }
}
