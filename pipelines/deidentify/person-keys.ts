// In: an incoming document with its identity, the spans of its text, the secret. Out: keyed hashes by which the person is recognised again.
// Invariant: HMAC-SHA256 of "type:value" only; a key never allows reading the value back, and masked values give none.
import { createHmac } from 'node:crypto';
import { foldWidth } from './spans.ts';
import type { IncomingDocument, Span } from '../records.ts';

const selfName = /(?:我叫|俺叫|我名叫|我的名字叫|我的名字是|本人|本人叫|我是|姓名|反映人|来访人|来电人|来信人|写信人|申请人|投诉人|联系人|信访人|求助人|举报人|检举人)(?:是|为|:|\s)*$/;
const selfPhone = /(?:我|俺|本人|我的|联系|回电|回拨|手机|电话|来电|号码|留|打)[^。！？!?\n]{0,8}$/;
const selfStaff = /(?:我|俺|本人|工号|职工号|员工号)[^。！？!?\n]{0,6}$/;
const masked = /[*＊×]|[xX]{2}|某/;

const figures = (value: string) => (masked.test(value) ? '' : foldWidth(value)).replace(/[^\dA-Za-z]/g, '').toUpperCase();
const phoneDigits = (value: string) => figures(value).replace(/[OL]/g, (sign) => (sign === 'O' ? '0' : '1')).replace(/^(?:00)?86(?=1\d{10}$)/, '');

/** Normalised "type:value" strings of a document's writer. */
function statements({ identity, text, unit }: IncomingDocument, spans: readonly Span[]): Set<string> {
  const out = new Set<string>();
  const folded = spans.length === 0 ? '' : foldWidth(text);
  const put = (type: string, value: string, least: number) => {
    if (value.length >= least && !masked.test(value)) out.add(`${type}:${value}`);
  };
  const name = (value: string) => {
    const plain = value.replace(/\s/g, '');
    if (unit !== null && unit.trim() !== '' && /^[\u4e00-\u9fa5·]{2,}$/.test(plain)) put('name', `${plain}@${unit.trim()}`, 4);
  };
  if (identity.id_card) put('id_card', figures(identity.id_card), 15);
  if (identity.phone) put('phone', phoneDigits(identity.phone), 7);
  if (identity.staff_no) put('staff_no', figures(identity.staff_no), 3);
  if (identity.user) put('user', identity.user.trim().toLowerCase(), 3);
  if (identity.name) name(identity.name);
  const only = (type: Span['type']) => spans.filter((span) => span.type === type).length === 1;
  for (const { start, end, type } of spans) {
    const left = folded.slice(Math.max(0, start - 12), start);
    const value = folded.slice(start, end);
    if (type === 'name' && identity.name === undefined && selfName.test(left)) name(value);
    if (type === 'phone' && only(type) && selfPhone.test(left)) put('phone', phoneDigits(value), 7);
    if (type === 'id_card' && only(type)) put('id_card', figures(value), 15);
    if (type === 'staff_no' && only(type) && selfStaff.test(left)) put('staff_no', figures(value), 3);
  }
  return out;
}

/** Keyed hashes of a document's writer, sorted; empty where nothing identifies one. */
export function personKeys(document: IncomingDocument, spans: readonly Span[], secret: Buffer): string[] {
  return [...statements(document, spans)].map((statement) => createHmac('sha256', secret).update(statement).digest('hex')).sort();
}
