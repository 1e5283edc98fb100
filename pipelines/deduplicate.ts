// In: de-identified documents, private person keys, and which petitions the ledger itself calls repeats.
// Out: per document its matter 事项, its template 模板 (copies by several people) and whether it is a repeat 重复信访.
// Invariant: groupings run parallel to the documents, whose order changes nothing else; a later document never changes the matter of an earlier one.
import type { FactDocument, Grouping, PersonKeys, Progress } from './records.ts';
import { NearCopies } from './deduplicate/near-copies.ts';
import { amountsOf, normalise, placesOf } from './deduplicate/normalise.ts';
import { copyFrom, founderFrom, lookFrom, rules, shortText, type Evidence } from './deduplicate/rules.ts';
import { likeness, shingles } from './deduplicate/shingles.ts';
import { templates } from './deduplicate/templates.ts';

/** Documents of one wording: what they share, and the latest of them in each branch. */
interface Wording { set: Uint32Array; length: number; alike: { wording: number; jaccard: number }[]; latest: Map<string, number>; template: number }
interface Seen { document: FactDocument; day: number; branch: string; keys: string[]; wording: number; matter: number; places: string[]; amounts: string[]; stated: boolean }

const alikeLimit = 160;
const byKey = 40;
const byPlace = 20;
const shared = (a: readonly string[], b: readonly string[]) => a.reduce((n, x) => n + (b.includes(x) ? 1 : 0), 0);

/**
 * Groups documents into matters, in the order they were received: each joins the matter of the earlier document that
 * the first holding rule (deduplicate/rules.ts) connects it with, or founds its own, named by its document_id.
 * `branchOf` tells which second-level unit a unit belongs to; without it each unit is its own branch.
 */
export function deduplicate(documents: FactDocument[], persons: PersonKeys[], statedRepeats: ReadonlySet<string>, progress?: Progress, branchOf: (unit_id: string) => string = (unit) => unit): Grouping[] {
  const keysOf = new Map(persons.map((p) => [p.document_id, p.keys]));
  const sorted = [...documents].sort((a, b) => (a.received_at < b.received_at ? -1 : a.received_at > b.received_at ? 1 : a.document_id < b.document_id ? -1 : 1));
  const wordings: Wording[] = [];
  const wordingOf = new Map<string, number>();
  const index = new NearCopies(sorted.length);
  const seen: Seen[] = [];
  const ofKey = new Map<string, number[]>();
  const ofPlace = new Map<string, number[]>();
  const keysOfMatter = new Map<number, Set<string>>();
  const result: Grouping[] = [];

  const wordingFor = (text: string): number => {
    const found = wordingOf.get(text);
    if (found !== undefined) return found;
    const id = wordings.length;
    const set = shingles(text);
    const alike = index.add(set, lookFrom).map(({ item, jaccard }) => ({ wording: item, jaccard }));
    const own: Wording = { set, length: text.length, alike, latest: new Map(), template: id };
    wordingOf.set(text, id);
    wordings.push(own);
    let best = 0;
    for (const { wording, jaccard } of alike) {
      const other = wordings[wording];
      if (!other) continue;
      if (other.alike.length < alikeLimit) other.alike.push({ wording: id, jaccard });
      if (jaccard < copyFrom || jaccard <= best || own.length < shortText || other.length < shortText) continue;
      const founder = wordings[other.template];
      if (founder && likeness(set, founder.set).jaccard >= founderFrom.template) { best = jaccard; own.template = other.template; }
    }
    return id;
  };

  for (const [i, document] of sorted.entries()) {
    const wording = wordingFor(normalise(document.text || (document.title ?? '')));
    const own = wordings[wording];
    if (!own) continue;
    const now: Seen = {
      document, wording, matter: i, day: Date.parse(document.received_date) / 86_400_000, branch: branchOf(document.unit_id),
      keys: keysOf.get(document.document_id) ?? [], places: placesOf(document.text), amounts: amountsOf(document.text), stated: statedRepeats.has(document.document_id),
    };
    const earlier = new Set<number>();
    for (const key of now.keys) for (const j of ofKey.get(key) ?? []) earlier.add(j);
    for (const place of now.places) for (const j of ofPlace.get(`${now.branch} ${place}`) ?? []) earlier.add(j);
    for (const id of [wording, ...own.alike.map((a) => a.wording)]) {
      const j = wordings[id]?.latest.get(now.branch);
      if (j !== undefined) earlier.add(j);
    }

    let chosen: { rule: number; jaccard: number; j: number } | null = null;
    for (const j of earlier) {
      const then = seen[j], wordingThen = then && wordings[then.wording];
      if (!then || !wordingThen) continue;
      const evidence = compare(now, own, then, wordingThen);
      const rule = rules.findIndex((r) => r.holds(evidence));
      if (rule < 0 || (!evidence.samePerson && !evidence.equal && drifts(own, then, evidence))) continue;
      if (!chosen || rule < chosen.rule || (rule === chosen.rule && (evidence.jaccard > chosen.jaccard || (evidence.jaccard === chosen.jaccard && j > chosen.j)))) chosen = { rule, jaccard: evidence.jaccard, j };
    }
    if (chosen) now.matter = seen[chosen.j]?.matter ?? i;

    const keys = keysOfMatter.get(now.matter) ?? new Set<string>();
    const again = now.keys.some((key) => keys.has(key));
    for (const key of now.keys) keys.add(key);
    keysOfMatter.set(now.matter, keys);
    for (const key of now.keys) remember(ofKey, key, i, byKey);
    for (const place of now.places) remember(ofPlace, `${now.branch} ${place}`, i, byPlace);
    own.latest.set(now.branch, i);
    seen.push(now);
    result.push({ document_id: document.document_id, matter_id: sorted[now.matter]?.document_id ?? document.document_id, template_id: null, is_repeat: again || now.stated });
    if (i % 2000 === 1999) progress?.(i + 1, sorted.length);
  }

  const template = templates(seen.map((s) => ({ template: wordings[s.wording]?.template ?? s.wording, keys: s.keys, long: (wordings[s.wording]?.length ?? 0) >= shortText })));
  for (const [i, grouping] of result.entries()) {
    const founder = template[i];
    if (founder !== undefined && founder !== null) grouping.template_id = sorted[founder]?.document_id ?? null;
  }
  progress?.(sorted.length, sorted.length);
  const groupingOf = new Map(result.map((g) => [g.document_id, g]));
  return documents.flatMap((d) => groupingOf.get(d.document_id) ?? []);

  /** A letter that is like its neighbour but unlike the founder of the matter would let the matter drift. */
  function drifts(own: Wording, then: Seen, evidence: Evidence): boolean {
    if (evidence.sharedPlaces > 0) return false;
    const founder = seen[then.matter];
    const set = founder && wordings[founder.wording]?.set;
    return set !== undefined && likeness(own.set, set).jaccard < founderFrom.matter;
  }
}

function compare(now: Seen, own: Wording, then: Seen, other: Wording): Evidence {
  const sharedPlaces = shared(now.places, then.places);
  return {
    ...likeness(own.set, other.set),
    samePerson: shared(now.keys, then.keys) > 0, sameBranch: now.branch === then.branch, days: now.day - then.day,
    equal: now.wording === then.wording, letters: Math.min(own.length, other.length),
    sharedPlaces, placesDiffer: now.places.length > 0 && then.places.length > 0 && sharedPlaces === 0,
    sharedAmounts: shared(now.amounts, then.amounts), stated: now.stated,
  };
}

function remember(map: Map<string, number[]>, key: string, i: number, limit: number): void {
  const list = map.get(key);
  if (!list) map.set(key, [i]);
  else { list.push(i); if (list.length > limit) list.shift(); }
}
