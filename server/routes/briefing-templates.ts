// In: a Word template of an office. Out: the templates there are, told, kept, taken away.
// Invariant: administrators alone; the file is checked before anything keeps it; each change is in the audit log.
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ZhiweiError } from '../../datasets/errors.ts';
import { templateFields } from '../briefing/template/fields.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { scopedUnit, unitsOf } from '../scope.ts';
import { storeFiles, type Taking } from '../uploads.ts';

const taking: Taking = {
  files: 1, fileBytes: 5_000_000, extensions: new Set(['.docx']),
  wrongKind: (name) => new ZhiweiError('bad_file', `“${name}”不是 docx；请用 Word 另存为 docx（不带宏）`),
  tooLarge: (name) => new ZhiweiError('too_large', `“${name}”超过 5 MB；请压缩图片后再上传`),
  nameOnDisk: () => 'template',
};

export const briefingTemplateRoutes = ({ templates, warehouse, audit, dir }: House) => {
  const told = (scope: string | null) => ({ templates: templates.list(scope), fields: Object.entries(templateFields).map(([name, what]) => ({ name, what })) });
  return [
    route('GET /api/briefing/templates', ({ user }) => told(user.unit_path)),

    route('POST /api/briefing/templates', ({ req, query, user, ip }) => warehouse.use(async (reader) => {
      const path = await scopedUnit(reader, query.unit, user.unit_path);
      const unit = (await unitsOf(reader)).find((u) => u.path === path);
      if (!unit) throw new ZhiweiError('not_found', '没有这个单位；请从单位列表中选择');
      const folder = join(dir.briefings, `.${randomUUID()}`);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      try {
        const [name] = await storeFiles(req, folder, taking);
        if (name === undefined) throw new ZhiweiError('bad_request', '没有收到文件；请选择一个 docx');
        await templates.set({ path: unit.path, name: unit.name }, name, readFileSync(join(folder, 'template')), user.name);
        audit.write(user.name, 'settings', `月报模板 ${unit.name}：${name}`, ip);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
      return told(user.unit_path);
    })),

    route('DELETE /api/briefing/templates', ({ query, user, ip }) => {
      const gone = templates.remove(query.unit, user.unit_path);
      audit.write(user.name, 'settings', `月报模板 ${gone.unit_name}：撤去`, ip);
      return told(user.unit_path);
    }),
  ];
};
