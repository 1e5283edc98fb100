// In: nothing but the repository. Out: the address of every page, and a house in which none is empty.
// Invariant: a page that the web has is walked through.
import { pages } from '../../web/pages.ts';
import { enter, openHouse, publishSample, type House } from './start.ts';

/** Enough of the sample that no page is empty. */
const files = ['单位树.xlsx', '在岗人数.xlsx', '2026年信访台账（截至10月31日）.xlsx', '2026年度职工满意度与思想动态问卷调查.xlsx'];

export const everyAddress = [...pages.map(({ path }) => path), '/?period=12m', '/topics?period=12m&topic=pay'];

/** A house with that, its administrator signed in. */
export async function openFullHouse(): Promise<House> {
  const house = await openHouse((_home, data) => { publishSample(files, data); });
  await enter(house);
  await house.page.locator('header.masthead').waitFor();
  return house;
}
