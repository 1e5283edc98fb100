// In: how the tables of a version are read. Out: for each fact table the SELECT that makes it of them.
// Invariant: they hold nothing that the others do not; a version that lacks one is read through the same SELECT, with ids in place of numbers.
import { tables, type TableName } from './schema.ts';

export const factTables = ['text_fact', 'demand_fact', 'term_fact'] as const;
export type FactTable = (typeof factTables)[number];
export const isFactTable = (name: TableName): name is FactTable => (factTables as readonly TableName[]).includes(name);

/** Parts of speech that name a thing: nouns, verbs used as such, set phrases; and the senses of the own dictionaries, which are Chinese. A verb, a number or a day says little alone. */
const telling = "regexp_matches(x.tag, '^(n|nz|nr|nrt|nt|vn|an|i|j)$|^\\p{Han}')";
const numbered = { document_no: 'row_number() OVER (ORDER BY received_date, document_id)::INTEGER', matter_no: 'dense_rank() OVER (ORDER BY matter_id)::INTEGER' };
/** Numbering takes a sort of all texts: too long for each question. */
const byId = { document_no: 'document_id', matter_no: 'matter_id' };

/** To be stored, rows come in the order of their key, so that days lie together and a question about a month reads a stretch of the file; else as they come. */
export function factSql(name: FactTable, from: (table: TableName) => string, stored = true): string {
  const numbers = stored ? numbered : byId;
  const own = Object.keys(tables.text_fact.columns).filter((column) => column in tables.document.columns);
  const texts = `SELECT document_id, ${own.join(', ')}, ${Object.entries(numbers).map(([column, sql]) => `${sql} AS ${column}`).join(', ')} FROM ${from('document')}`;
  const column = (c: string) => (c === 'raised' ? `EXISTS (FROM ${from('demand')} x WHERE x.document_id = d.document_id) AS raised` : ['topic', 'subtopic', 'term'].includes(c) ? `x.${c}` : own.includes(c) || c in numbers ? `d.${c}` : `p.${c}`);
  const joins = {
    text_fact: `LEFT JOIN ${from('petition')} p USING (document_id)`,
    demand_fact: `LEFT JOIN ${from('petition')} p USING (document_id) JOIN ${from('demand')} x USING (document_id)`,
    term_fact: `JOIN ${from('term')} x USING (document_id) WHERE ${telling}`,
  };
  return `SELECT ${Object.keys(tables[name].columns).map(column).join(', ')} FROM (${texts}) d ${joins[name]}${stored ? ` ORDER BY ${tables[name].key.join(', ')}` : ''}`;
}
