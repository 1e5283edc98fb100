// In: the alerts that are known, the hotspots of a newly served version. Out: for each hotspot the alert it is, or none.
// Invariant: pure; at most one hotspot to an alert; the same input gives the same answer, in any order.

const day = 86_400_000;
/** Days without a text after which the same thing is a new episode. */
export const episodeGap = 28;
/** Least share of the smaller set of documents that two clusters must have in common. */
export const leastShared = 0.3;
/** Share of a 苗头's documents from which the 热点 that holds them is what became of it. */
const grown = 0.5;

interface Window { kind: string; topic: string; unit_path: string; from_date: string; to_date: string; hotspot_id: string; members: readonly string[] }
export interface KnownAlert extends Window { alert_id: string; /** 归档 or 误报; its window is that of the day it was closed. */ closed: boolean }
export interface DetectedHotspot extends Window { score: number }
export interface Match {
  hotspot_id: string; alert_id: string | null; how: 'same_hotspot' | 'same_place' | 'shared_documents' | 'grown' | null;
  /** For a new alert: the earlier one, closed, of the same matter. */
  previous: string | null;
}

const daysFrom = (a: string, b: string) => (Date.parse(b) - Date.parse(a)) / day;
/** Days between two windows; 0 or less where they touch or overlap. */
const gap = (a: Window, b: Window) => Math.max(daysFrom(a.to_date, b.from_date), daysFrom(b.to_date, a.from_date));
const sameLine = (a: string, b: string) => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);

/** Share of the smaller set of documents that is in both. */
function shared(a: readonly string[], b: ReadonlySet<string>): number {
  return a.length === 0 || b.size === 0 ? 0 : a.filter((id) => b.has(id)).length / Math.min(a.length, b.size);
}

/** Whether both tell of one thing, whenever: a series by topic and line of units, a cluster or critical matter by its documents; a 苗头 may have grown into a 热点, never the other way. */
function kin(alert: KnownAlert, hotspot: DetectedHotspot, members: ReadonlySet<string>): Match['how'] {
  if (alert.kind === 'emergent' && hotspot.kind === 'series') return alert.members.length > 0 && alert.members.filter((id) => members.has(id)).length >= grown * alert.members.length ? 'grown' : null;
  if (alert.kind !== hotspot.kind) return null;
  if (alert.hotspot_id === hotspot.hotspot_id) return 'same_hotspot';
  if (hotspot.kind === 'series') return alert.topic === hotspot.topic && sameLine(alert.unit_path, hotspot.unit_path) ? 'same_place' : null;
  return shared(alert.members, members) >= leastShared ? 'shared_documents' : null;
}

/** Whether a hotspot is the alert itself and not a later episode: an open one while no more than four weeks pass between, a closed one while it goes on no more than four weeks after; what was closed as a 苗头 and grew is told anew. */
function sameEpisode(alert: KnownAlert, hotspot: DetectedHotspot, how: Match['how']): boolean {
  if (how === 'grown') return !alert.closed;
  if (alert.closed) return daysFrom(alert.to_date, hotspot.to_date) <= episodeGap && gap(alert, hotspot) <= episodeGap;
  return how !== 'same_place' || gap(alert, hotspot) <= episodeGap;
}

/** Matches every hotspot; those told by the same id first, then the nearest. */
export function matchHotspots(alerts: readonly KnownAlert[], hotspots: readonly DetectedHotspot[]): Match[] {
  const pairs = hotspots.map((hotspot) => ({ hotspot, members: new Set(hotspot.members) })).flatMap(({ hotspot, members }) => alerts.flatMap((alert) => {
    const how = kin(alert, hotspot, members);
    return how === null ? [] : [{ alert, hotspot, how, same: sameEpisode(alert, hotspot, how), shared: how === 'same_hotspot' ? 1 : shared(alert.members, members), gap: Math.max(0, gap(alert, hotspot)) }];
  }));
  const rank = (how: Match['how']) => (how === 'same_hotspot' ? 0 : how === 'grown' ? 2 : 1);
  pairs.sort((a, b) => rank(a.how) - rank(b.how) || Number(a.alert.closed) - Number(b.alert.closed) || b.shared - a.shared || a.gap - b.gap
    || ascending(b.alert.alert_id, a.alert.alert_id) || b.hotspot.score - a.hotspot.score || ascending(a.hotspot.hotspot_id, b.hotspot.hotspot_id));
  const taken = new Map<string, { alert_id: string; how: Match['how'] }>();
  const used = new Set<string>();
  for (const { alert, hotspot, how, same } of pairs) {
    if (!same || taken.has(hotspot.hotspot_id) || used.has(alert.alert_id)) continue;
    taken.set(hotspot.hotspot_id, { alert_id: alert.alert_id, how });
    used.add(alert.alert_id);
  }
  return hotspots.map(({ hotspot_id }) => {
    const match = taken.get(hotspot_id);
    if (match) return { hotspot_id, ...match, previous: null };
    const earlier = pairs.filter((p) => p.hotspot.hotspot_id === hotspot_id && p.alert.closed).sort((a, b) => ascending(b.alert.to_date, a.alert.to_date) || ascending(b.alert.alert_id, a.alert.alert_id))[0];
    return { hotspot_id, alert_id: null, how: null, previous: earlier?.alert.alert_id ?? null };
  });
}

const ascending = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
