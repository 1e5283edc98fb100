import { describe, expect, it } from 'vitest';
import { completeUnits, unitResolver } from '../../pipelines/resolve-units.ts';
import { placeUnits } from '../../pipelines/unit-tree.ts';

const unit = (unit_id: string, parent: string | null, name: string, ...aliases: string[]) => ({ unit_id, parent, name, kind: '矿井', aliases });
const { units } = placeUnits([
  unit('G', null, '华岳能源集团', '集团公司'), unit('JG', 'G', '集团机关'), unit('DS', 'G', '东山煤矿', '东山'), unit('DS2', 'DS', '综采二队'), unit('XS', 'G', '西山煤矿有限责任公司'), unit('XS2', 'XS', '综采二队'),
  unit('Y1', 'G', '一矿'), unit('XM', 'G', '选煤厂'),
]);

describe('unitResolver', () => {
  const resolve = unitResolver(units);
  it.each([
    ['东山煤矿', 'DS'], ['DS', 'DS'], ['东山', 'DS'], ['东山矿', 'DS'], [' 东山 煤矿 ', 'DS'], ['西山矿', 'XS'], ['西山煤矿（本部）', 'XS'], ['东山煤矿综采二队', 'DS2'], ['西山矿综采二队', 'XS2'], ['华岳能源集团东山煤矿', 'DS'], ['东山煤矿机电科', 'DS'],
    ['集团公司机关', 'JG'], ['集团公司', 'G'], ['集团', 'G'], ['选煤厂化验室', 'XM'],
    ['综采二队', 'G'], ['十一矿', '十一矿'], ['新东山煤矿', '新东山煤矿'], ['某某处', '某某处'], [null, '未注明'], ['  ', '未注明'],
  ])('%s → %s', (name, unit_id) => { expect(resolve(name)).toBe(unit_id); });
});

describe('completeUnits', () => {
  it('adds a unit for each name that no tree knows, and 未注明 where it is needed', () => {
    const complete = completeUnits(units, ['东山矿', '某某处', ' 某某处', null]);
    expect(complete.slice(units.length)).toEqual([
      { unit_id: '未注明', parent_id: 'G', name: '未注明', kind: '未注明', path: 'G/未注明', level: 1, branch_id: '未注明', aliases: [] },
      { unit_id: '某某处', parent_id: 'G', name: '某某处', kind: '未登记', path: 'G/某某处', level: 1, branch_id: '某某处', aliases: [] },
    ]);
    expect(unitResolver(complete)('某某处')).toBe('某某处');
  });
  it('makes a root 集团 where there is no tree', () => {
    expect(completeUnits([], ['东山煤矿']).map(({ path, level }) => [path, level])).toEqual([['集团', 0], ['集团/东山煤矿', 1]]);
  });
});

describe('placeUnits', () => {
  it('puts a made root above several parentless units', () => {
    expect(placeUnits([unit('A', null, '甲矿'), unit('B', null, '乙矿'), unit('A1', '甲矿', '一队')]).units.map(({ path }) => path)).toEqual(['集团', '集团/A', '集团/A/A1', '集团/B']);
  });
  it('names those in a circle, those below it, and those under no known parent', () => {
    const { units: placed, orphans } = placeUnits([unit('A', null, '甲'), unit('B', 'C', '乙'), unit('C', 'B', '丙'), unit('D', '无', '丁'), unit('E', 'D', '戊'), unit('F', 'F', '己')]);
    expect(placed.map(({ unit_id }) => unit_id)).toEqual(['A']);
    expect(orphans).toEqual([{ unit_id: 'D', why: 'no_parent' }, { unit_id: 'B', why: 'cycle' }, { unit_id: 'C', why: 'cycle' }, { unit_id: 'E', why: 'no_parent' }, { unit_id: 'F', why: 'cycle' }]);
  });
});
