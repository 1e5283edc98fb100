# In: the folder of public texts. Out: plain texts by kind, and the character codes that the encoder reads.
# Invariant: `fold_text` is what the tokenizer of the exported model does; a text in training and in the product gives the same codes.
import csv, gzip, io, json, lzma, random, re, unicodedata, zipfile
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


def categories(folder: Path) -> list[tuple[str, str]]:
    rows = map(json.loads, open(folder / 'classification' / 'train.jsonl', encoding='utf8'))
    return [(''.join(r['words'].split()), r['label']) for r in rows]


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
