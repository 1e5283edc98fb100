// In: an element and a text. Out: a CodeMirror editor for DuckDB's SQL in a shadow root, and ways to read, change and mark it.
// Invariant: the only door to CodeMirror; in a shadow root its styles are constructed sheets, so that the strict CSP holds.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { sql } from '@codemirror/lang-sql';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { duckdb, sources, type Engine, type Offered } from './completion.ts';
import { phrases, theme } from './editor-look.ts';

export interface Editor {
  text: () => string;
  /** What is selected; null where nothing is. */
  selection: () => { text: string; from: number } | null;
  replace: (text: string) => void;
  insert: (word: string) => void;
  /** Marks the word at `at`; `null` takes the mark away. */
  mark: (trouble: { at: number; message: string } | null) => void;
  offer: (offered: Offered) => void;
  focus: () => void;
  close: () => void;
}

const inks = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--data)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--better)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--worse)' },
  { tag: [tags.lineComment, tags.blockComment], color: 'var(--ink3)', fontStyle: 'italic' },
  { tag: tags.typeName, color: 'var(--data)' },
]);

export function openEditor(host: HTMLElement, text: string, on: { change: (text: string) => void; run: () => void; complete: Engine }): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const completion = new Compartment();
  const complete = (offered: Offered) => autocompletion({ override: sources(offered, on.complete), icons: false, maxRenderedOptions: 60 });
  const view = new EditorView({
    root, parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => { on.run(); return true; } }])),
        lineNumbers(), lintGutter(), history(), drawSelection(), bracketMatching(), closeBrackets(), highlightActiveLine(), highlightSelectionMatches(),
        EditorView.lineWrapping, sql({ dialect: duckdb }), syntaxHighlighting(inks), theme, phrases,
        completion.of(complete({ tables: [], functions: [], metrics: [] })),
        // Tab keeps its meaning, so that the keyboard is never caught here.
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': 'SQL 查询', autocapitalize: 'none', spellcheck: 'false' }),
        EditorView.updateListener.of((update) => { if (update.docChanged) on.change(update.state.doc.toString()); }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    selection: () => { const { from, to } = view.state.selection.main; return from === to ? null : { text: view.state.sliceDoc(from, to), from }; },
    replace: (next) => { if (next !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next }, selection: { anchor: next.length } }); },
    insert: (word) => { view.dispatch(view.state.replaceSelection(word)); view.focus(); },
    mark: (trouble) => {
      const from = Math.min(trouble?.at ?? 0, view.state.doc.length);
      const word = /^[\w\u0080-\uffff]+/.exec(view.state.sliceDoc(from, from + 100))?.[0].length ?? 1;
      const [start, end] = from === view.state.doc.length ? [Math.max(0, from - 1), from] : [from, Math.min(view.state.doc.length, from + word)];
      view.dispatch(setDiagnostics(view.state, trouble ? [{ from: start, to: end, severity: 'error', message: trouble.message }] : []));
      if (trouble) view.dispatch({ effects: EditorView.scrollIntoView(start, { y: 'nearest' }) });
    },
    offer: (offered) => view.dispatch({ effects: completion.reconfigure(complete(offered)) }),
    focus: () => view.focus(),
    close: () => view.destroy(),
  };
}
