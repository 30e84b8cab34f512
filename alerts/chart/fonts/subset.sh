#!/bin/sh
# Cuts the two fonts of the charts out of Noto Sans CJK SC and writes the lists
# of characters they hold. Needs fonts-noto-cjk and fonttools (Debian, Ubuntu):
#
#   apt-get install fonts-noto-cjk fonttools && ./subset.sh
#
# Regular holds GB2312 rows 1-3 and both levels of its characters, Bold (titles,
# marks) only the first level; both hold Latin-1, a few signs and every
# character that configs/ uses.
set -eu
cd "$(dirname "$0")"
noto=${NOTO:-/usr/share/fonts/opentype/noto}

python3 - ../../../configs <<'PY'
import pathlib, sys

def gb2312(first, last):
    for row in range(first, last + 1):
        for cell in range(1, 95):
            try:
                yield bytes([0xA0 + row, 0xA0 + cell]).decode("gb2312")
            except UnicodeDecodeError:
                pass  # a cell without a character

common = {chr(c) for c in [*range(0x20, 0x7F), *range(0xA0, 0x100)]}
common |= set("▲▼△▽●○■□◆→←↑↓％‰±×÷≤≥≈≠–—·•…‘’“”「」『』℃№≒−")
common |= set(gb2312(1, 3))
for f in sorted(pathlib.Path(sys.argv[1]).rglob("*")):
    if f.suffix in {".yaml", ".csv"}:
        common |= set(f.read_text(encoding="utf-8"))
common = {c for c in common if c.isprintable() or c == "\u00a0"}

for name, last in ("regular", 87), ("bold", 55):
    chars = sorted(common | set(gb2312(16, last)))
    lines = ["".join(chars[i:i + 64]) for i in range(0, len(chars), 64)]
    pathlib.Path(name + ".txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
PY

for weight in Regular Bold; do
	list=$(echo $weight | tr RB rb).txt
	# Face 2 of the collection is SC: the shapes of mainland China.
	pyftsubset "$noto/NotoSansCJK-$weight.ttc" --font-number=2 --text-file="$list" \
		--no-hinting --desubroutinize --layout-features='' --drop-tables+=GSUB,GPOS,BASE,vhea,vmtx,VORG \
		--name-IDs='0,1,2,4,6,13,14' --notdef-outline --output-file="NotoSansSC-$weight.otf"
done
ls -l ./*.otf
