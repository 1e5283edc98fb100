// In: a report 首报/续报/终报 that was written, and its alert. Out: a Word file after GB/T 9704-2012.
// Invariant: says what the report's form says and nothing newer; the same report gives the same bytes.
import { Document, Packer, Paragraph, TextRun, type FileChild } from 'docx';
import { reportKinds } from '../../datasets/vocabulary.ts';
import type { Alert, AlertReport } from '../api.ts';
import { grid, words } from '../briefing/docx/blocks.ts';
import { fixZipTimes } from '../briefing/docx/fixed-bytes.ts';
import { fontTable } from '../briefing/docx/font-table.ts';
import { footers, page, styles } from '../briefing/docx/page-style.ts';
import { dateLabel } from '../briefing/period.ts';
import { printable } from '../../datasets/document-text.ts';
import { localDay } from './deadline.ts';

const numerals = ['一', '二', '三', '四', '五', '六'];

/** `预警〔2026〕12号` */
export const documentNumber = (alertId: string) => `预警〔${alertId.slice(0, 4)}〕${Number(alertId.slice(5))}号`;

/** Draws the report; a draft says that it is one. */
export async function reportDocx(alert: Pick<Alert, 'alert_id' | 'level'>, report: AlertReport): Promise<Buffer> {
  const { fields: f, kind, submitted_at, written_at, version } = report;
  const title = `预警${reportKinds[kind]}`;
  const facts: [string, string][] = [
    ['编号', documentNumber(alert.alert_id)], ['级别', alert.level], ['单位', f.unit], ['诉求', f.topic], ['时间', f.period],
    ['观测与期望', f.figures], ['件数', `${f.documents} 件，${f.people} 人次，${f.matters} 个事项`], ...(f.outcome === null ? [] : [['结果', f.outcome] as [string, string]]),
  ];
  const parts: [string, string[]][] = [
    ['基本情况', paragraphs(f.situation)], ['职工反映', f.quotes.map((q) => `“${q.text}”`)], ['已采取措施', paragraphs(f.measures)],
    ['进展与成效', paragraphs(f.progress)], ['下一步工作', paragraphs(f.next)],
  ];
  const day = dateLabel(localDay(new Date(submitted_at ?? written_at)));
  const children: FileChild[] = [
    new Paragraph({ heading: 'Title', children: [new TextRun({ text: printable(title) })] }),
    words('Subtitle', f.title), words('Caution', documentNumber(alert.alert_id)),
    words('Caution', submitted_at === null ? '草稿，尚未报出' : `数据第 ${version} 版，文字已去标识`),
    grid(['项目', '内容'], facts.map(([name, value]) => [[words('TableText', name)], [words('TableText', value)]]), [1, 4]),
    words('Remark', ''),
    ...parts.filter(([, lines]) => lines.length > 0).flatMap(([name, lines], i) => [
      new Paragraph({ heading: 'Heading1', children: [new TextRun({ text: `${numerals[i] ?? ''}、${name}` })] }), ...lines.map((line) => words('BodyText', line)),
    ]),
    words('BodyText', ''), words('BodyText', `填报：${report.written_by}　${day}`),
  ];
  const file = new Document({ title: printable(`${title}：${f.title}`), creator: '', styles, evenAndOddHeaderAndFooters: true, sections: [{ properties: page, footers: footers(), children }] });
  const overrides = [{ path: 'word/fontTable.xml', data: fontTable() }, { path: 'docProps/core.xml', data: core(`${title}：${f.title}`, submitted_at ?? written_at) }];
  return fixZipTimes(await Packer.toBuffer(file, undefined, overrides));
}

const paragraphs = (text: string) => text.split(/\n+/).map((line) => line.trim()).filter(Boolean);
const escape = (text: string) => printable(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

const core = (title: string, at: string) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escape(title)}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${at}</dcterms:modified></cp:coreProperties>`;
