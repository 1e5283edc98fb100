// In: the tables and closed lists of datasets. Out: the pieces that several endpoints' shapes are made of.
// Invariant: re-exported by api.ts, which is where everybody else takes them from.
import { z } from 'zod';
import { periodPattern } from '../datasets/reporting-period.ts';
import { tables, type TableName } from '../datasets/schema.ts';

type Shape<T extends TableName> = { [K in keyof (typeof tables)[T]['columns']]: (typeof tables)[T]['columns'][K] extends { zod: infer Z } ? Z : never };

/** The zod object of a table's row, as `Row<T>`. */
export function rowSchema<T extends TableName>(name: T) {
  const columns: Record<string, { zod: z.ZodType }> = tables[name].columns;
  return z.object(Object.fromEntries(Object.entries(columns).map(([c, { zod }]) => [c, zod])) as Shape<T>);
}

export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '日期应写作 2026-10-01');
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '月份应写作 2026-10');
/** A month or a quarter that a briefing is of. */
export const reportingPeriodSchema = z.string().regex(periodPattern, '报告期应写作 2026-10（月）或 2026-Q2（季度）');
export const period = { from: day.optional(), to: day.optional() };
export const count = z.number();
export const okSchema = z.object({ ok: z.literal(true) });
export const keysOf = <T extends Record<string, string>>(o: T) => Object.keys(o) as [keyof T & string, ...(keyof T & string)[]];

export const roles = { leader: '领导', analyst: '分析员', clerk: '信访专员', admin: '管理员' } as const;
export const roleSchema = z.enum(keysOf(roles));
export type Role = z.infer<typeof roleSchema>;

/** `unit` is the path of a unit (its id is accepted too); absent it means all that the user may see. */
export const unit = z.string().min(1).max(400).optional();

export const curveSchema = z.object({ rows: z.array(z.object({ week: day, observed: count, expected: count, upper: count, provisional: z.boolean() })) });
export type Curve = z.infer<typeof curveSchema>;

export const memberSchema = z.object({
  document_id: z.string(), registration_no: z.nullable(z.string()), received_date: day, unit_id: z.string(),
  title: z.nullable(z.string()), text: z.nullable(z.string()), restricted: z.boolean(),
});

export interface Endpoint {
  readonly summary: string;
  /** `public`: anyone; `session`: signed in, also before the first password is changed; `user`: every role; else the roles named. */
  readonly access: 'public' | 'session' | 'user' | readonly Role[];
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Absent where the reply is a file or a stream. */
  readonly reply?: z.ZodType;
}

export const clerks = ['clerk', 'admin'] as const;
export const correctors = ['analyst', 'clerk', 'admin'] as const;
export const analysts = ['analyst', 'admin'] as const;
