// In: nothing. Out: what the files that a result is written to are called.
import type { ResultFormat } from '../../server/api.ts';

export const formatNames: Readonly<Record<ResultFormat, string>> = { csv: 'CSV', xlsx: 'Excel', parquet: 'Parquet', json: 'JSON' };

/** `48 KB`. */
export const sizeName = (bytes: number | null): string => (bytes === null ? '—' : bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`);
