// In: a reporting period and a unit. Out: the briefing 月报、季报 as a content model or as a file.
import { periodInName, reportOf } from '../../datasets/reporting-period.ts';
import { buildBriefing, briefingFormats, renderBriefing, type BriefingFormat } from '../briefing/index.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { scopedUnit } from '../scope.ts';
import { versioned } from '../versioned.ts';

const file = (format: BriefingFormat, { warehouse, audit }: House) => route(`GET /api/briefing.${format}`, ({ query, user, res, ip }) => warehouse.use(async (reader) => {
  const unit = await scopedUnit(reader, query.unit, user.unit_path);
  const briefing = await buildBriefing(reader, { period: query.period, unit });
  const content = await renderBriefing(briefing, format, { notes: query.notes === '1' });
  audit.write(user.name, 'export', `${reportOf(query.period)} ${query.period} ${briefing.unit.name} ${format}`, ip);
  res.set('Cache-Control', 'no-store').type(format).attachment(`${briefing.title}-${periodInName(query.period)}.${format}`).send(content);
  return undefined;
}));

export const briefingRoutes = (house: House) => [
  versioned(house, 'GET /api/briefing', async (reader, { query, scope }) => {
    const unit = await scopedUnit(reader, query.unit, scope);
    const { notes, ...briefing } = await buildBriefing(reader, { period: query.period, unit });
    // The queries behind the notes stay here: their reader did not write them.
    return { ...briefing, notes: notes.map(({ sql: _sql, params: _params, ...note }) => note) };
  }),

  ...briefingFormats.map((format) => file(format, house)),
];
