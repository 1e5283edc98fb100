// Every page once as administrator, on a phone: nothing that is already read moves. On a desk the walk looks at it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyAddress, openFullHouse } from './every-page.ts';
import { mostShift, openWatched, watchShifts } from './faults.ts';
import { browserIsHere, type House } from './start.ts';

describe.skipIf(!browserIsHere)('every page while it is drawn on a phone', () => {
  let house: House;
  beforeAll(async () => { house = await openFullHouse(); await watchShifts(house.page, 390); }, 300_000);
  afterAll(() => house?.close());

  it.each(everyAddress)('%s does not move what is already read', async (address) => {
    const { shift, moved } = await openWatched(house.page, house.url + address);
    expect(shift, moved.join('\n')).toBeLessThan(mostShift);
  }, 60_000);
});
