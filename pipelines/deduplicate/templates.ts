// In: per document, in order of receipt, its template group, its person keys and whether it is long enough.
// Out: per document the first document of its template, or null where no second person used the wording.
// Invariant: one person sending one text again is a repeat, not a template; unknown persons count as several.

/** Finds which groups of copies come from more than one person. */
export function templates(documents: { template: number; keys: string[]; long: boolean }[]): (number | null)[] {
  const groups = new Map<number, { first: number; keys: Set<string>; several: boolean }>();
  for (const [i, { template, keys, long }] of documents.entries()) {
    if (!long) continue;
    const group = groups.get(template);
    if (!group) { groups.set(template, { first: i, keys: new Set(keys), several: false }); continue; }
    if (!keys.some((key) => group.keys.has(key))) group.several = true;
    for (const key of keys) group.keys.add(key);
  }
  return documents.map(({ template, long }) => {
    const group = groups.get(template);
    return long && group?.several ? group.first : null;
  });
}
