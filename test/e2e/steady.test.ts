// Every page once as administrator, on a desk and on a phone: nothing that is already read moves.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyAddress, openFullHouse } from './every-page.ts';
import { shiftOf } from './faults.ts';
import { browserIsHere, type House } from './start.ts';

describe.skipIf(!browserIsHere)('every page while it is drawn', () => {
  let house: House;
  beforeAll(async () => { house = await openFullHouse(); }, 300_000);
  afterAll(() => house?.close());

  it.each(everyAddress.flatMap((address) => [[address, 1440], [address, 390]] as const))('%s at %i px does not move what is already read', async (address, width) => {
    const { shift, moved } = await shiftOf(house.page, house.url + address, width);
    expect(shift, moved.join('\n')).toBeLessThan(0.02);
  }, 60_000);
});
