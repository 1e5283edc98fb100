// In: documents and their terms. Out: emergent matters 苗头 of two texts: of one unit, close in time, and more alike than either is to anything told before.
// Invariant: two tellings are enough; a text is judged by what was received two weeks before it or earlier; restricted texts and copies link nothing.
import { dispersion, recentDays } from './bursty-words.ts';
import { asTopic } from './critical-hotspots.ts';
import { backgroundOf, distinguishing, exemplar, hotspotId, mostFrequent, telling, type TermsOf } from './describe.ts';
import { ascending, dayNumber, type DetectDocument, type Found } from './material.ts';
import { deviate } from './negative-binomial.ts';
import { placeOf } from './places.ts';
import { pairs } from './text-vectors.ts';
import { linkedTitle } from './titles.ts';
import type { UnitNode, UnitTree } from './unit-tree.ts';

const detector = 'linked-texts/1';
const covered = 0.5, limit = 5;
/** Days between two texts at most; complaints in as many days above which two are no news at a unit; share of earlier texts that may hold what links them. */
const days = 14, mostTexts = 100, rareFrom = 0.02;
/** What two texts share: at least so much (natural log of the odds that it is chance), a quarter of what the shorter says, and half as much again as with any earlier text. */
const leastShared = 20, leastPart = 0.25, nearer = 1.5;

/** Pairs of characters that a text holds and few earlier ones do, with how much each says, and how much they say together. */
interface Read { document: DetectDocument; says: ReadonlyMap<string, number>; whole: number }
interface Link { a: Read; b: Read; shared: number }

/** Two cases linked by place, time and kind are an outbreak, however few: complaints that a branch told twice in two weeks and nobody before. */
export function linkedTexts(documents: readonly DetectDocument[], tree: UnitTree, termsOf: TermsOf, told: readonly Found[], asOf: string): Found[] {
  const open = documents.filter((d) => !d.restricted && d.kind !== 'survey_answer'), isRecent = (d: DetectDocument) => dayNumber(asOf) - dayNumber(d.received_date) < recentDays;
  const history = open.filter((d) => !isRecent(d)), units = byBranch(open.filter((d) => isRecent(d) && d.polarity === 'negative'), tree);
  if (history.length === 0 || units.length === 0) return [];
  const says = rarities(units.flat(), history);
  const links = units.flatMap((own) => linksOf(own.map((d) => read(d, says))));
  const nearest = nearestBefore(new Set(links.flatMap(({ a, b }) => [a, b])), open);
  const news = links.filter(({ a, b, shared }) => shared >= nearer * Math.min(nearest.get(a) ?? 0, nearest.get(b) ?? 0));
  const background = backgroundOf(history, termsOf);
  return joined(news).flatMap((members): Found[] => {
    const [first] = members, last = members.at(-1), ids = new Set(members.map((d) => d.document_id));
    if (!first || !last || told.some((f) => f.members.filter((m) => ids.has(m.document_id)).length >= covered * members.length)) return [];
    const around = (units.find((own) => own.includes(first)) ?? []).filter((d) => Math.abs(dayNumber(d.received_date) - dayNumber(last.received_date)) <= days).length;
    // by chance the most alike of all texts is any of them
    const expected = around / (history.length + around), place = placeOf(members, tree);
    const common = commonWords(members, termsOf, background.counts), terms = common.length > 0 ? common : distinguishing(members, background, termsOf);
    return [{
      members,
      hotspot: {
        hotspot_id: hotspotId('linked', first.document_id), kind: 'emergent',
        title: linkedTitle(place.name, terms, members.length, dayNumber(last.received_date) - dayNumber(first.received_date) + 1),
        unit_id: place.unit_id, topic: asTopic(mostFrequent(members.flatMap((d) => d.topics))),
        from_date: first.received_date, to_date: last.received_date,
        observed: members.length, expected, upper: expected + 2.33 * Math.sqrt(expected * dispersion), score: deviate(expected),
        terms, exemplar: exemplar(members, terms), detector,
      },
    }];
  });
}

/** Recent complaints of each branch, in order of time, where two are news. */
function byBranch(recent: readonly DetectDocument[], tree: UnitTree): DetectDocument[][] {
  const found = new Map<UnitNode, DetectDocument[]>();
  for (const d of recent) {
    let node = tree.byUnit.get(d.unit_id) ?? null;
    while (node && node.level > 1) node = node.parent;
    if (!node || node.level < 1) continue;
    const own = found.get(node);
    if (own) own.push(d); else found.set(node, [d]);
  }
  return [...found.values()].filter((own) => own.length * days <= mostTexts * recentDays);
}

/** How much a pair of characters says: the log of one over its share of earlier texts, where few of them hold it. */
function rarities(recent: readonly DetectDocument[], history: readonly DetectDocument[]): Map<string, number> {
  const held = new Map(recent.flatMap((d) => pairs(d.text).map((pair) => [pair, 0])));
  for (const d of history) for (const pair of new Set(pairs(d.text))) { const n = held.get(pair); if (n !== undefined) held.set(pair, n + 1); }
  return new Map([...held].flatMap(([pair, n]) => (n <= rareFrom * history.length ? [[pair, Math.log((history.length + 1) / (n + 0.5))]] : [])));
}

function read(document: DetectDocument, rarity: ReadonlyMap<string, number>): Read {
  const says = new Map(pairs(document.text).flatMap((pair) => { const value = rarity.get(pair); return value === undefined ? [] : [[pair, value]]; }));
  return { document, says, whole: [...says.values()].reduce((sum, value) => sum + value, 0) };
}

/** Texts of one topic and of different matters that share much. */
function linksOf(own: readonly Read[]): Link[] {
  return own.flatMap((b, i) => own.slice(0, i).flatMap((a): Link[] => {
    const [p, q] = [a.document, b.document];
    if (dayNumber(q.received_date) - dayNumber(p.received_date) > days || p.matter_id === q.matter_id || (p.template_id && p.template_id === q.template_id) || !p.topics.some((t) => q.topics.includes(t))) return [];
    let shared = 0;
    for (const [pair, value] of a.says) if (b.says.has(pair)) shared += value;
    return shared >= Math.max(leastShared, leastPart * Math.min(a.whole, b.whole)) ? [{ a, b, shared }] : [];
  }));
}

/** The most that each text shares with any received two weeks before it or earlier. */
function nearestBefore(texts: ReadonlySet<Read>, open: readonly DetectDocument[]): Map<Read, number> {
  const holders = new Map<string, Read[]>(), nearest = new Map<Read, number>();
  for (const t of texts) for (const pair of t.says.keys()) { const list = holders.get(pair); if (list) list.push(t); else holders.set(pair, [t]); }
  if (texts.size > 0) for (const d of open) {
    const shared = new Map<Read, number>();
    for (const pair of new Set(pairs(d.text))) for (const t of holders.get(pair) ?? []) shared.set(t, (shared.get(t) ?? 0) + (t.says.get(pair) ?? 0));
    for (const [t, sum] of shared) if (sum > (nearest.get(t) ?? 0) && dayNumber(t.document.received_date) - dayNumber(d.received_date) > days) nearest.set(t, sum);
  }
  return nearest;
}

/** Groups of linked texts, each in order of time. */
function joined(links: readonly Link[]): DetectDocument[][] {
  const of = new Map<Read, Set<Read>>();
  for (const { a, b } of links) {
    const group = new Set([...(of.get(a) ?? [a]), ...(of.get(b) ?? [b])]);
    for (const t of group) of.set(t, group);
  }
  return [...new Set(of.values())].map((group) => [...group].map((t) => t.document).sort((p, q) => ascending(p.received_date, q.received_date) || ascending(p.document_id, q.document_id)));
}

/** Words of one text that stand in another, rarest first. */
function commonWords(members: readonly DetectDocument[], termsOf: TermsOf, counts: ReadonlyMap<string, number>): string[] {
  return [...new Set(members.flatMap((d) => [...(termsOf.get(d.document_id) ?? [])]))].filter((word) => telling(word) && members.filter((d) => d.text.includes(word)).length >= 2)
    .sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0) || ascending(a, b)).slice(0, limit);
}
