// In: episodes of all units and topics. Out: one episode per event, at the unit and topic that explain it best.
// Invariant: episodes are of one event when they overlap in time and largely in their texts; order of input does not matter.
import type { Episode } from './episodes.ts';
import { ascending } from './material.ts';
import type { UnitNode } from './unit-tree.ts';

/** Share of an excess from which a smaller unit explains it alone. */
const explains = 0.6;
/** Share of the smaller episode's texts that two topics must have in common to be one event. */
const sameTexts = 0.5;
/** Sibling units from which an event is a spread, named at the unit above them. */
const spread = 3;

const excess = (e: Episode) => e.observed - e.expected;
const overlap = (a: Episode, b: Episode) => a.from <= b.to && b.from <= a.to;

const strand = ({ judged }: Episode) => `${judged.subtopic ?? judged.topic} ${judged.measure}`;

/** Joins the episodes of one event and names it; those that are `known` already are not told again. */
export function events(all: readonly Episode[], known: readonly Episode[] = []): Episode[] {
  const sorted = [...all].sort((a, b) => b.score - a.score || a.from - b.from || ascending(a.judged.node.unit_id, b.judged.node.unit_id) || ascending(strand(a), strand(b)));
  const lifted = sorted.filter((e) => !isExplained(e, sorted));
  const kept: Episode[] = [];
  for (const episode of lifted) if (![...known, ...kept].some((k) => sameEvent(k, episode))) kept.push(episode);
  return kept;
}

/** Whether another unit explains this episode: a child that holds most of it, or a parent over which it spread. */
function isExplained(e: Episode, all: Episode[]): boolean {
  const related = all.filter((o) => o !== e && strand(o) === strand(e) && overlap(o, e));
  const below = related.filter((o) => isBelow(o.judged.node, e.judged.node));
  if (below.some((o) => excess(o) >= explains * excess(e))) return true;
  const children = below.filter((o) => o.judged.node.parent === e.judged.node);
  if (children.length > 0 && children.length < spread && children.reduce((sum, o) => sum + excess(o), 0) >= explains * excess(e)) return true;
  return related.some((o) => {
    if (e.judged.node.parent !== o.judged.node || excess(e) >= explains * excess(o)) return false;
    const siblings = related.filter((s) => s.judged.node.parent === o.judged.node && overlap(s, o));
    return siblings.length + 1 >= spread;
  });
}

function isBelow(node: UnitNode, above: UnitNode): boolean {
  for (let n = node.parent; n; n = n.parent) if (n === above) return true;
  return false;
}

function sameEvent(a: Episode, b: Episode): boolean {
  if (!overlap(a, b)) return false;
  const nodes = a.judged.node === b.judged.node || isBelow(a.judged.node, b.judged.node) || isBelow(b.judged.node, a.judged.node);
  if (!nodes) return false;
  const [few, many] = a.members.length <= b.members.length ? [a, b] : [b, a];
  const ids = new Set(many.members.map((m) => m.document_id));
  const shared = few.members.filter((m) => ids.has(m.document_id)).length;
  return shared >= sameTexts * Math.max(1, few.members.length);
}
