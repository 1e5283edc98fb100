import { describe, expect, it } from 'vitest';
import { ancestorsOf, treeOf } from '../../web/unit-tree.ts';

const unit = (unit_id: string, parent_id: string | null) => ({ unit_id, parent_id, name: unit_id, path: unit_id });
const units = [unit('集团', null), unit('一矿', '集团'), unit('三矿', '集团'), unit('掘进一队', '三矿'), unit('外来', '不见了')];

describe('web/unit-tree', () => {
  it('puts children after their parents, and a unit whose parent is not visible at the top', () => {
    expect(treeOf(units).map((u) => `${u.depth} ${u.name}`)).toEqual(['0 集团', '1 一矿', '1 三矿', '2 掘进一队', '0 外来']);
  });

  it('tells the way down to a unit, as far as it is visible', () => {
    expect(ancestorsOf(units, '掘进一队').map((u) => u.name)).toEqual(['集团', '三矿', '掘进一队']);
    expect(ancestorsOf(units.slice(2), '掘进一队').map((u) => u.name)).toEqual(['三矿', '掘进一队']);
  });
});
