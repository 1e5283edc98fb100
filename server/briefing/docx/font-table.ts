// In: nothing. Out: the typefaces of an official document, and a font table that names a stand-in for each.
// Invariant: a machine without 方正小标宋 or the _GB2312 faces shows the system's own, not a fallback of chance.

/** 小标宋 for the title, 仿宋 for the text, 黑体 and 楷体 for headings, 宋体 for page numbers. */
export const faces = { title: '方正小标宋简体', body: '仿宋_GB2312', heading: '黑体', subheading: '楷体_GB2312', number: '宋体' } as const;

const standIns: Record<string, { names: string; panose: string; family: string }> = {
  [faces.title]: { names: 'FZXiaoBiaoSong-B05S,宋体,SimSun', panose: '02010601030101010101', family: 'auto' },
  [faces.body]: { names: '仿宋,FangSong', panose: '02010609030101010101', family: 'modern' },
  [faces.heading]: { names: 'SimHei', panose: '02010609060101010101', family: 'modern' },
  [faces.subheading]: { names: '楷体,KaiTi', panose: '02010609030101010101', family: 'modern' },
  [faces.number]: { names: 'SimSun', panose: '02010600030101010101', family: 'auto' },
};

/** `word/fontTable.xml`. */
export function fontTable(): string {
  const fonts = Object.entries(standIns).map(([name, { names, panose, family }]) =>
    `<w:font w:name="${name}"><w:altName w:val="${names}"/><w:panose1 w:val="${panose}"/><w:charset w:val="86"/><w:family w:val="${family}"/><w:pitch w:val="default"/></w:font>`);
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${fonts.join('')}</w:fonts>`;
}
