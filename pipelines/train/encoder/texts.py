# In: the folder of public texts. Out: plain texts by kind, public messages with title and reply, and the character codes that the encoder reads.
# Invariant: `fold_text` is what the tokenizer of the exported model does; a text in training and in the product gives the same codes.
import csv, gzip, io, json, lzma, random, re, sys, unicodedata, zipfile
from pathlib import Path
from xml.etree import ElementTree

MARK = re.compile(r'\[(?:姓名|电话|身份证号|银行卡号|工号|车牌|住址|邮箱|社交账号)\]')
DIGIT, BLANK = re.compile('[0-9]'), re.compile(r'[\s\ufeff]')
SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']


def fold_text(text: str) -> str:
    """NFKC, lower case, digits to 0, blanks out, marks of de-identification to one sign."""
    return BLANK.sub('', DIGIT.sub('0', unicodedata.normalize('NFKC', MARK.sub('某', text)).lower()))


def unlabelled(folder: Path) -> dict[str, list[str]]:
    return {f.name.split('.')[0]: [line for line in lzma.open(f, 'rt').read().split('\n') if line] for f in sorted((folder / 'unlabelled').glob('*.xz'))}


def workbook_texts(file: Path) -> list[str]:
    """Every cell of a workbook that holds a sentence."""
    with zipfile.ZipFile(file) as z:
        tree = ElementTree.parse(io.BytesIO(z.read('xl/sharedStrings.xml')))
    cells = (''.join(t.text or '' for t in si.iter() if t.tag.endswith('}t')) for si in tree.getroot())
    return [c.strip() for c in cells if len(c.strip()) >= 15]


def petitions(folder: Path) -> list[str]:
    return [t for f in sorted((folder / 'petitions').glob('附件[34]*.xlsx')) for t in workbook_texts(f)]


def workbook_rows(file: Path) -> list[dict[str, str]]:
    """The first sheet's rows by column letter, without the heading."""
    with zipfile.ZipFile(file) as z:
        shared = [''.join(t.text or '' for t in si.iter() if t.tag.endswith('}t')) for si in ElementTree.parse(io.BytesIO(z.read('xl/sharedStrings.xml'))).getroot()]
        sheet = ElementTree.parse(io.BytesIO(z.read('xl/worksheets/sheet1.xml'))).getroot()
    out = []
    for row in (e for e in sheet.iter() if e.tag.endswith('}row')):
        cells = {}
        for c in row:
            value = next((v.text or '' for v in c if v.tag.endswith('}v')), '')
            cells[c.get('r').rstrip('0123456789')] = (shared[int(value)] if c.get('t') == 's' else value).strip()
        out.append(cells)
    return out[1:]


def messages(folder: Path) -> list[dict[str, str]]:
    """Public messages: id as in the gold files, title, text and, in one of the two files, the office's reply. Those of gold-dev stay unread."""
    apart = {json.loads(line)['id'] for line in open(folder / 'gold' / 'gold-dev.jsonl', encoding='utf8')}
    out = []
    for number in '34':
        for r in workbook_rows(next((folder / 'petitions').glob(f'附件{number}*.xlsx'))):
            m = {'id': f"a{number}-{r.get('A', '')}", 'title': r.get('C', ''), 'text': r.get('E', ''), 'reply': r.get('F', '') if number == '4' else ''}
            if m['id'] not in apart and len(m['text']) >= 15:
                out.append(m)
    return out


def categories(folder: Path) -> list[tuple[str, str]]:
    rows = map(json.loads, open(folder / 'classification' / 'train.jsonl', encoding='utf8'))
    return [(''.join(r['words'].split()), r['label']) for r in rows]


def classified(folder: Path) -> list[dict[str, str]]:
    """The messages of the public categories, named by their line."""
    return [{'id': f'class-{i}', 'title': '', 'text': text} for i, (text, _) in enumerate(categories(folder))]


def reviews(folder: Path) -> list[tuple[str, str, str]]:
    """(set, label, text) of the public sentiment sets."""
    out = []
    for f in sorted((folder / 'sentiment').glob('*.gz')):
        for row in csv.DictReader(gzip.open(f, 'rt', encoding='utf8')):
            out.append((f.name.split('.')[0], row['label'], row['review']))
    return out


def shuffled(items: list, seed: int) -> list:
    items = list(items)
    random.Random(seed).shuffle(items)
    return items


def halves(text: str) -> list[str]:
    """A text of some length in two, cut at the mark nearest to its middle; a short one whole."""
    marks = [i + 1 for i, c in enumerate(text) if c in '，。；！？、,;!?\n']
    cut = min(marks, key=lambda i: abs(i - len(text) / 2), default=0)
    return [text[:cut], text[cut:]] if min(cut, len(text) - cut) >= 12 else [text]


if __name__ == '__main__':  # python3 texts.py DATA [LABELS.jsonl]: messages and classified texts, or the labelled messages alone with their text, one JSON object a line
    folder = Path(sys.argv[1])
    if len(sys.argv) > 2:
        of = {m['id']: m for m in [*messages(folder), *classified(folder)]}
        rows = ({**of[r['id']], **r} for r in map(json.loads, open(sys.argv[2], encoding='utf8')))
    else:
        rows = [*messages(folder), *classified(folder)]
    for r in rows:
        r.pop('reply', None)
        print(json.dumps({**r, 'title': r['title'] or None}, ensure_ascii=False))
