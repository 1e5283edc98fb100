// In: the server's count of open alerts and the version it serves. Out: both as state, refreshed every minute and with each new version.
// Invariant: a failure to ask is silent and shows no count; nothing is asked while the page is hidden.
import type { AlertSummary } from '../server/api.ts';
import { get } from './api.ts';
import { noticeVersion, session } from './session.svelte.ts';

let summary = $state.raw<AlertSummary | null>(null);
const everyMs = 60_000;

export const alertCount = {
  get summary() { return summary; },
  /** Cinnabar is called for: something is late, or a critical one is open. */
  get pressing() { return !!summary && summary.overdue + summary.critical > 0; },
};

export async function refreshAlertCount(): Promise<void> {
  summary = await get('GET /api/alerts/summary').catch(() => null);
}

/** To be called where the header is set up: asks now, with each version, and every minute. */
export function keepAlertCount(): void {
  $effect(() => {
    if (session.user && session.meta?.version !== undefined) refreshAlertCount();
  });
  $effect(() => {
    const timer = setInterval(() => {
      if (document.hidden) return;
      refreshAlertCount();
      get('GET /readyz').then(({ version }) => noticeVersion(version), () => {});
    }, everyMs);
    return () => clearInterval(timer);
  });
}
