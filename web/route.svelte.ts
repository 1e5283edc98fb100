// In: the address bar. Out: path and query as state, and ways to move.
// Invariant: the URL is the only place where a view's state lives; back and forward restore it.
import { filterKeys, href } from './url-state.ts';

const read = () => ({ path: location.pathname.replace(/(.)\/+$/, '$1'), query: Object.fromEntries(new URLSearchParams(location.search)) as Readonly<Record<string, string>> });
let current = $state.raw(read());
addEventListener('popstate', () => { current = read(); });

export const route = {
  get path(): string { return current.path; },
  get query(): Readonly<Record<string, string>> { return current.query; },
};

/** An address that keeps the filters of the header: they follow the reader from page to page. */
export function link(path: string, query: Readonly<Record<string, string | null | undefined>> = {}): string {
  return href(path, { ...Object.fromEntries(filterKeys.map((key) => [key, current.query[key]])), ...query });
}

/** Moves to another address; focus goes to the top as on a page load. */
export function go(to: string): void {
  history.pushState(null, '', to);
  current = read();
  scrollTo(0, 0);
}

/** Changes part of the query; `replace` makes no new step for the back button. */
export function setQuery(change: Readonly<Record<string, string | null | undefined>>, options: { replace?: boolean } = {}): void {
  const to = href(current.path, { ...current.query, ...change });
  if (options.replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  current = read();
}

/** On a container: plain clicks on links within the app move without loading the page. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const anchor = event.target instanceof Element ? event.target.closest('a') : null;
  if (!anchor || anchor.origin !== location.origin || anchor.target || anchor.hasAttribute('download') || anchor.pathname.startsWith('/api/')) return;
  event.preventDefault();
  go(anchor.pathname + anchor.search);
}
