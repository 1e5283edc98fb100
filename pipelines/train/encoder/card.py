# Writes the model card: /usr/bin/python3 card.py FIGURES.json FACTS.json > datasets/model/ENCODER.md
# In: the figures of combine.py and what was learned from. Out: Markdown.
# Invariant: every number in a table comes from the figures file.
import json
import sys

figures, facts = (json.load(open(f, encoding='utf8')) for f in sys.argv[1:3])
WAYS = ('linear', 'encoder', 'both')


def table(part: dict, names: list[str]) -> str:
    cell = lambda v: f'{v[0]:.3f} [{v[1]:.3f}–{v[2]:.3f}]' if isinstance(v, list) else f'{v:.3f}'
    return '\n'.join(['| figure | ' + ' | '.join(WAYS) + ' |', '|---|' + '---|' * len(WAYS), *(f'| {n} | ' + ' | '.join(cell(part[w][n]) for w in WAYS) + ' |' for n in names)])


print(facts['opening'])
for name, part in figures.items():
    keys = list(part['both'])
    print(f"\n## {name[0].upper()}{name[1:]}\n\n{part['texts']} texts; brackets are 95 % bootstrap intervals.\n")
    print(table(part, keys[:9] + keys[-2:]))
    if name in facts['perClass']:
        print('\nF1 of every class:\n')
        print(table(part, keys[9:-2]))
print('\n' + facts['closing'])
