// In: an alert's number, files. Out: its attachments, stored and given back.
// Invariant: a file is only ever a download, and both ways are in the audit log.
import { ZhiweiError } from '../../datasets/errors.ts';
import { attachmentPath, dropAttachments, receiveAttachments } from '../alerts/attachments.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';

export const alertFileRoutes = ({ alerts, dir, audit }: House) => [
  route('POST /api/alerts/:id/attachments', async ({ req, param, user, ip }) => {
    const id = param('id');
    alerts.mayAttach(id, user);
    const files = await receiveAttachments(req, dir.attachments, id, alerts.store.attachments(id).length, user.name);
    try {
      alerts.attach(id, user, files);
    } catch (error) {
      dropAttachments(dir.attachments, id, files);
      throw error;
    }
    audit.write(user.name, 'alert', `${id} 上传 ${files.length} 个附件`, ip);
    return { attachments: alerts.store.attachments(id) };
  }),

  route('GET /api/alerts/:id/attachments/:attachment_id', async ({ param, user, res, ip }) => {
    const { alert_id } = alerts.store.get(param('id'), user.unit_path);
    const file = alerts.store.attachments(alert_id).find((a) => a.attachment_id === param('attachment_id'));
    if (!file) throw new ZhiweiError('not_found', '没有这个附件');
    audit.write(user.name, 'export', `预警附件 ${alert_id} ${file.attachment_id}`, ip);
    res.set('Cache-Control', 'no-store').attachment(file.name).type(file.type);
    await new Promise<void>((resolve, reject) => res.sendFile(attachmentPath(dir.attachments, alert_id, file.attachment_id), { dotfiles: 'allow' }, (error) => (error ? reject(error) : resolve())));
    return undefined;
  }),
];
