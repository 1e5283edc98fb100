import { describe, expect, it } from 'vitest';
import { importFields } from '../../datasets/vocabulary.ts';
import { fields } from '../../pipelines/ingest/fields.ts';
import { applied, mappingOf, type Sheet } from '../../web/import-mapping.ts';

const sheet = (name: string): Sheet => ({
  file: '台账.xlsx', sheet: name, kind: 'petition', rows: 3, accepted: 3, rejected: 0, header_row: 1, rejects: [],
  mapping: [{ column: '来访时间', field: 'received', how: 'synonym' }, { column: '情况', field: 'text', how: 'guess' }, { column: '备注', field: null, how: 'unused' }],
});

describe('web/import-mapping', () => {
  it('offers exactly the fields that the import knows, by the same names', () => {
    expect(importFields).toEqual(Object.fromEntries(Object.entries(fields).map(([code, { label }]) => [code, label])));
  });

  it('moves a field from the column it was on', () => {
    expect(applied(sheet('10月'), { 备注: 'text' })).toEqual([
      { column: '来访时间', field: 'received', how: 'synonym' }, { column: '情况', field: null, how: 'unused' }, { column: '备注', field: 'text', how: 'explicit' },
    ]);
  });

  it('sends a mapping only when something was changed, and names the sheet where there are several', () => {
    expect(mappingOf([sheet('10月')], {})).toEqual({});
    expect(mappingOf([sheet('10月')], { 0: { 备注: 'text' } })).toEqual({ body: { kind: 'petition', columns: { received: '来访时间', text: '备注' } } });
    expect(mappingOf([sheet('9月'), sheet('10月')], { 1: { 备注: 'text' } }).body?.sheet).toBe('10月');
    expect(mappingOf([sheet('9月'), sheet('10月')], { 0: { 备注: 'text' }, 1: { 备注: 'text' } }).problem).toContain('分开导入');
  });
});
