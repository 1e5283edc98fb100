// In: a query's parameters, the saved query they belong to (null: none). Out: what is chosen for each, and ways to choose.
// Invariant: a choice lies in the address; the browser remembers the last one of each query.
import type { SavedQuery } from '../../server/api.ts';
import type { QueryParameter, QueryValue, QueryValues } from '../../datasets/query-parameters.ts';
import { route, setQuery } from '../route.svelte.ts';
import { session } from '../session.svelte.ts';
import { chosenBefore, forgetChosen, remember } from './remembered.ts';
import { toWord, valuesOf } from './values.ts';

export function choices(parameters: () => readonly QueryParameter[], saved: () => SavedQuery | null) {
  let changes = $state(0);
  const user = () => session.user?.name ?? '', id = () => saved()?.query_id ?? '';
  const before = $derived.by(() => { void changes; return chosenBefore(user(), id()); });
  const values = $derived(valuesOf(parameters(), route.query, before, saved()?.defaults ?? {}));
  const atFirst = $derived(valuesOf(parameters(), {}, {}, saved()?.defaults ?? {}));
  const same = $derived(parameters().every(({ name }) => toWord(values[name] ?? null) === toWord(atFirst[name] ?? null)));
  return {
    get values(): QueryValues { return values; },
    /** Whether all are as they were saved. */
    get same() { return same; },
    change(name: string, value: QueryValue): void {
      remember(user(), id(), { ...values, [name]: value });
      changes++;
      setQuery({ [name]: toWord(value) }, { replace: true });
    },
    reset(): void {
      forgetChosen(user(), id());
      changes++;
      setQuery(Object.fromEntries(parameters().map(({ name }) => [name, null])), { replace: true });
    },
  };
}
