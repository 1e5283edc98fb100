// In: nothing. Out: the editor's look, from the page's own custom properties, and its words in Chinese.
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

const line = '1px solid var(--line2)';

export const theme = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--sheet)', border: line, borderRadius: '2px', fontSize: '14px', minHeight: '184px', maxHeight: '60vh' },
  '&.cm-focused': { outline: '2px solid var(--data)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.7', minHeight: '184px' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--ink3)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--band)' },
  '.cm-selectionMatch, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--wash)' },
  '.cm-lintRange-error': { backgroundImage: 'none', borderBottom: '2px solid var(--worse)' },
  '.cm-lint-marker-error': { content: '""', width: '8px', height: '8px', borderRadius: '50%', backgroundColor: 'var(--worse)', marginTop: '8px' },
  '.cm-gutter-lint': { width: '14px' },
  '.cm-tooltip': { backgroundColor: 'var(--sheet)', color: 'var(--ink)', border: '1px solid var(--ink)', borderRadius: '0', maxWidth: 'min(480px, calc(100vw - 32px))' },
  '.cm-diagnostic': { borderLeft: 'none', padding: '6px 10px', fontFamily: 'var(--font)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '16em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px', lineHeight: '1.6' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--data)', color: 'var(--on-data)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--ink3)', marginLeft: '12px', fontSize: '12px' },
  '.cm-tooltip-autocomplete ul li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-completionInfo': { padding: '6px 10px', maxWidth: '280px', fontFamily: 'var(--font)' },
  '.cm-panels': { backgroundColor: 'var(--wash)', color: 'var(--ink)', fontFamily: 'var(--font)' },
  '.cm-panels.cm-panels-bottom': { borderTop: line },
  '.cm-textfield': { backgroundColor: 'var(--sheet)', border: line, borderRadius: '2px', padding: '4px 8px', color: 'var(--ink)' },
  '.cm-button': { backgroundImage: 'none', backgroundColor: 'var(--sheet)', border: line, borderRadius: '2px', padding: '4px 10px', color: 'var(--ink)' },
  '.cm-searchMatch': { backgroundColor: 'var(--band)' },
});

export const phrases = EditorState.phrases.of({
  Find: '查找', Replace: '替换为', next: '下一个', previous: '上一个', all: '全选', 'match case': '分大小写', regexp: '正则', 'by word': '整词', replace: '替换', 'replace all': '全部替换', close: '关闭',
  'current match': '当前处', 'replaced $ matches': '替换了 $ 处', 'replaced match on line $': '替换了第 $ 行的一处', 'on line': '在第几行', 'Go to line': '去第几行', go: '去',
  Completions: '可用的词', Diagnostics: '错误', 'No diagnostics': '没有错误', 'Selection deleted': '已删去所选', 'Control character': '控制字符',
});
