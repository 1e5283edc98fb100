// In: a draft of the briefing 月报、季报 and what is to be done with it. Out: the draft as it is then; its files.
// Invariant: within the unit scope of whoever asks; each step and each file is in the audit log.
import { briefingFormats, buildBriefing, formatOf, renderBriefing, type Briefing, type BriefingFormat } from '../briefing/index.ts';
import { draftSteps } from '../briefing/drafts/api.ts';
import { fileName } from '../briefing/drafts/drafts.ts';
import type { StoredDraft } from '../briefing/drafts/store.ts';
import { fillTemplate } from '../briefing/template/fill-template.ts';
import { ZhiweiError } from '../../datasets/errors.ts';
import { reportOf } from '../../datasets/reporting-period.ts';
import { localDay } from '../alerts/deadline.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { scopedUnit } from '../scope.ts';
import type { Reader } from '../warehouse.ts';

const named = ({ period, unit_name, edition }: Pick<StoredDraft, 'period' | 'unit_name' | 'edition'>) => `${period} ${unit_name}${edition > 1 ? `（更正${edition - 1}）` : ''}`;
/** The briefing of a draft's period and unit from the data served now. */
const generated = (reader: Reader, { period, unit_path }: StoredDraft) => buildBriefing(reader, { period, unit: unit_path });

/** A file of a draft: Word by the unit's own template where it has one. */
async function print(briefing: Briefing, format: BriefingFormat, draft: StoredDraft, { templates }: House): Promise<Buffer> {
  const template = format === 'docx' ? templates.of(draft.unit_path) : null;
  const options = { seal: draft.content_sha256 ?? undefined };
  if (!template) return renderBriefing(briefing, format, options);
  return fillTemplate(template, briefing, { writer: draft.submitted_by ?? draft.updated_by, approver: draft.decided_at && !draft.reason ? draft.decided_by ?? '' : '', day: draft.decided_at && !draft.reason ? localDay(new Date(draft.decided_at)) : null }, options);
}

export const briefingDraftRoutes = (house: House) => { const { drafts, warehouse, audit } = house; return [
  route('GET /api/briefing/drafts', ({ query, user }) => warehouse.use(async (reader) => {
    const unit = query.unit === undefined ? undefined : await scopedUnit(reader, query.unit, user.unit_path);
    return { drafts: drafts.store.list(user.unit_path, { period: query.period, unit }) };
  })),

  route('POST /api/briefing/drafts', ({ body, user, ip }) => warehouse.use(async (reader) => {
    const unit = await scopedUnit(reader, body.unit, user.unit_path);
    const id = drafts.begin(await buildBriefing(reader, { period: body.period, unit }), user);
    audit.write(user.name, 'briefing', `${named(drafts.store.get(id, null))} 起草`, ip);
    return { draft: await drafts.view(id, user, reader) };
  })),

  route('GET /api/briefing/drafts/:id', ({ param, user }) => warehouse.use(async (reader) => ({ draft: await drafts.view(param('id'), user, reader) }))),

  route('POST /api/briefing/drafts/:id/text', ({ param, body, user, ip }) => warehouse.use(async (reader) => {
    const { fresh, ...saved } = await drafts.save(param('id'), user, body.revision, body.text, reader);
    if (fresh) audit.write(user.name, 'briefing', `${named(drafts.store.get(param('id'), null))} 编辑`, ip);
    return saved;
  })),

  route('GET /api/briefing/drafts/:id/versions/:n', ({ param, user }) => ({ text: drafts.store.version(drafts.store.get(param('id'), user.unit_path).draft_id, param('n')) })),

  route('GET /api/briefing/drafts/:id/changes', ({ param, user }) => warehouse.use(async (reader) => ({ changes: drafts.changes(param('id'), user, await generated(reader, drafts.store.get(param('id'), user.unit_path))) }))),

  route('POST /api/briefing/drafts/:id/rebase', ({ param, body, user, ip }) => warehouse.use(async (reader) => {
    const draft = drafts.store.get(param('id'), user.unit_path);
    if (reader.version !== body.version) throw new ZhiweiError('conflict', `数据已是第${reader.version}版；请刷新，看过新的出入再接受`);
    drafts.rebase(param('id'), user, body.revision, body.accepted, await generated(reader, draft));
    audit.write(user.name, 'briefing', `${named(draft)} 改用第${body.version}版数据，接受 ${body.accepted.length} 个数`, ip);
    return { draft: await drafts.view(draft.draft_id, user, reader) };
  })),

  route('POST /api/briefing/drafts/:id/steps', ({ param, body, user, ip }) => warehouse.use(async (reader) => {
    await drafts.step(param('id'), user, body.revision, body.step, reader);
    audit.write(user.name, 'briefing', `${named(drafts.store.get(param('id'), null))} ${draftSteps[body.step]}`, ip);
    return { draft: await drafts.view(param('id'), user, reader) };
  })),

  route('POST /api/briefing/drafts/:id/decision', ({ param, body, user, ip }) => warehouse.use(async (reader) => {
    if (body.step === 'return') drafts.giveBack(param('id'), user, body.revision, body.reason);
    else await drafts.approve(param('id'), user, body.revision, reader, async (briefing, draft) => {
      const files = [];
      for (const format of briefingFormats) files.push({ format, content: await print(briefing, format, draft, house) });
      return files;
    });
    const draft = await drafts.view(param('id'), user, reader);
    audit.write(user.name, 'briefing', `${named(drafts.store.get(param('id'), null))} ${draftSteps[body.step]}${draft.content_sha256 === null ? '' : ` content ${draft.content_sha256}`}${draft.files.map((f) => ` ${f.format} ${f.sha256}`).join('')}`, ip);
    return { draft };
  })),

  route('GET /api/briefing/drafts/:id/file', ({ param, query, user, res, ip }) => warehouse.use(async (reader) => {
    const draft = drafts.store.get(param('id'), user.unit_path);
    const format = formatOf(query.format);
    const { name, content } = draft.state === '定稿' ? drafts.frozen(draft, format)
      : { name: fileName(draft, format, true), content: await print(await drafts.sound(draft, reader), format, draft, house) };
    audit.write(user.name, 'export', `${reportOf(draft.period)}${draft.state} ${named(draft)} ${format}`, ip);
    res.set('Cache-Control', 'no-store').type(format).attachment(name).send(content);
    return undefined;
  })),
]; };
