// In: what is known about a document and an earlier one. Out: whether they are about the same matter, and by which rule.
// Invariant: the first rule that holds decides; a same person in the same matter is a repeat, whatever the rule.

/** What is known about a pair of documents. */
export interface Evidence {
  samePerson: boolean;
  sameBranch: boolean;
  days: number;
  /** Normalised texts are equal, letter by letter. */
  equal: boolean;
  /** Letters of the shorter normalised text. */
  letters: number;
  jaccard: number;
  containment: number;
  sharedPlaces: number;
  /** Both name places, and none in common. */
  placesDiffer: boolean;
  sharedAmounts: number;
  /** The ledger itself calls the later one a repeat. */
  stated: boolean;
}

/** Letters below which only equality counts: short texts are alike by chance. */
export const shortText = 15;
/** Likeness from which two texts are copies of one template 模板. */
export const copyFrom = 0.5;
/** Likeness to the founder of its group below which a copy or a joint letter is not let in: groups must not drift. */
export const founderFrom = { template: 0.4, matter: 0.25 };
/** Likeness below which a pair is not looked at when neither person nor place connects it. */
export const lookFrom = 0.4;

const twoYears = 731;
const long = (e: Evidence) => e.letters >= shortText;

/** When two documents are the same matter 同一事项, most certain first. Thresholds are measured by test/bench/deduplicate.ts. */
export const rules: readonly { name: string; holds: (e: Evidence) => boolean }[] = [
  { name: 'same person, same words 同人同文', holds: (e) => e.samePerson && e.days <= twoYears && e.letters >= 4 && e.equal && !e.placesDiffer },
  { name: 'same person, like words 同人同事', holds: (e) => e.samePerson && e.days <= twoYears && long(e) && !e.placesDiffer && (e.jaccard >= 0.25 || e.containment >= 0.5) },
  { name: 'same person, same place 同人同地', holds: (e) => e.samePerson && e.days <= twoYears && e.sharedPlaces > 0 && (e.jaccard >= 0.04 || !long(e)) },
  { name: 'same person, same sum 同人同数', holds: (e) => e.samePerson && e.days <= twoYears && e.sharedAmounts > 0 && e.jaccard >= 0.1 },
  { name: 'same person, stated repeat 台账注明', holds: (e) => e.samePerson && e.days <= twoYears && e.sameBranch && e.stated && !e.placesDiffer },
  { name: 'copy in one branch 同单位雷同', holds: (e) => e.sameBranch && e.days <= 366 && long(e) && !e.placesDiffer && e.jaccard >= copyFrom },
  { name: 'joint in one branch 同单位联名', holds: (e) => e.sameBranch && e.days <= 180 && long(e) && !e.placesDiffer && e.jaccard >= lookFrom },
  { name: 'one place in one branch 同单位同地', holds: (e) => e.sameBranch && e.days <= 30 && long(e) && e.sharedPlaces > 0 && e.jaccard >= 0.05 },
  { name: 'same words in one branch 同单位同文', holds: (e) => e.sameBranch && e.days <= 30 && e.letters >= 6 && e.equal && !e.placesDiffer },
];
