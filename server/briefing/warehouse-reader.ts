// In: nothing. Out: what a briefing needs of the served warehouse.
// Invariant: read-only, and one version for the whole of a briefing.
import type { Reader } from '../warehouse.ts';

/** One version of the warehouse, open for reading. */
export type WarehouseReader = Pick<Reader, 'version' | 'monthStart' | 'query' | 'memo'>;
