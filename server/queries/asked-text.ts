// In: a query and the values of its parameters. Out: both as one text, for the audit log.
import type { QueryValues } from '../../datasets/query-parameters.ts';

export const askedText = ({ sql, values = {} }: { sql: string; values?: QueryValues | undefined }): string =>
  [sql, ...Object.entries(values).map(([name, value]) => `-- {{${name}}} = ${JSON.stringify(value)}`)].join('\n');
