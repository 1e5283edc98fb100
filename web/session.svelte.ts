// In: the server's session and meta. Out: who is signed in, which version is served, the filters of the header as days.
// Invariant: everything here is read from the server or the URL; nothing is remembered beside them.
import type { Meta, Role, User } from '../server/api.ts';
import { forget, get, send, useCsrf, whenAnswered, whenSignedOut } from './api.ts';
import { route } from './route.svelte.ts';
import { pageOf } from './pages.ts';
import { parsePeriod, spanOf, viewOf, type Span, type View } from './url-state.ts';

let user = $state.raw<User | null>(null);
let meta = $state.raw<Meta | null>(null);
let ready = $state(false);
let trouble = $state.raw<Error | null>(null);

const unitsById = $derived(new Map((meta?.units ?? []).map((u) => [u.unit_id, u])));
const period = $derived(parsePeriod(route.query['period']));
const span = $derived<Span | null>(meta?.as_of ? spanOf(period, meta.as_of, meta.month_start_day) : null);
const unit = $derived((meta?.units ?? []).find((u) => u.path === route.query['unit']) ?? null);
/** The filters of the page in view, as days and codes. */
const view = $derived<View>(viewOf(route.query, pageOf(route.path)?.filters ?? [], span ?? { from: '', to: '' }, unit?.path ?? null));
/** The unit in view: the chosen one, else the top of what the user may see. */
const root = $derived(unit ?? [...(meta?.units ?? [])].sort((a, b) => a.level - b.level)[0] ?? null);

export const session = {
  get user() { return user; },
  get meta() { return meta; },
  get ready() { return ready; },
  get trouble() { return trouble; },
  get period() { return period; },
  get span() { return span; },
  get unit() { return unit; },
  get view() { return view; },
  get root() { return root; },
  /** The day on which the house's months begin. */
  get monthStart() { return meta?.month_start_day ?? 1; },
};

export const unitName = (id: string): string => unitsById.get(id)?.name ?? id;

/** Which roles see a page; absent: everybody. */
const readers: Readonly<Record<string, readonly Role[]>> = { '/data': ['clerk', 'admin'], '/query': ['analyst', 'admin'], '/users': ['admin'], '/settings': ['admin'], '/audit': ['admin'], '/gallery': ['admin'] };
export const maySee = (path: string): boolean => !!user && (readers[path]?.includes(user.role) ?? true);
/** An address is for whom its page is for; a saved query's for everybody, since the server knows whom it is shared with. */
export const mayOpen = (path: string): boolean => (path.startsWith('/query/') ? !!user : maySee(pageOf(path)?.path ?? path));

/** The session has ended: the next one has a token of its own, without which nobody could sign in. */
function endSession(): void {
  user = null;
  meta = null;
  forget();
  get('GET /api/session').then(({ csrf }) => useCsrf(csrf), () => {});
}

/** Asks the server who is here; called once, and again by the reader after a failure. */
export async function start(): Promise<void> {
  trouble = null;
  whenAnswered(noticeVersion);
  whenSignedOut(endSession);
  try {
    await enter(await get('GET /api/session'));
  } catch (error) {
    trouble = error instanceof Error ? error : new Error(String(error));
  }
  ready = true;
}

export async function signIn(name: string, password: string): Promise<void> {
  await enter(await send('POST /api/session', { name, password }));
}

export async function changePassword(current: string, next: string): Promise<void> {
  await enter(await send('POST /api/session/password', { current, next }));
}

export async function signOut(): Promise<void> {
  await enter(await send('DELETE /api/session'));
}

/** Reads anew what is served when another version is. */
export function noticeVersion(version: number | null): void {
  if (meta && meta.version !== version) refresh().catch(() => {});
}

/** Reads what is served now: after sign-in, an import, a rollback. */
export async function refresh(): Promise<void> {
  forget();
  meta = await get('GET /api/meta');
}

async function enter(reply: { user: User | null; csrf: string }): Promise<void> {
  useCsrf(reply.csrf);
  forget();
  if (reply.user && !reply.user.must_change) meta = await get('GET /api/meta');
  else meta = null;
  user = reply.user;
}
