#!/bin/sh
# Makes the two subset fonts of this folder from the full DejaVu fonts (see README.md).
# usage: sh subset.sh /usr/share/fonts/truetype/dejavu
set -eu
source_folder=${1:?folder holding DejaVuSansCondensed.ttf and DejaVuSansCondensed-Bold.ttf}
here=$(dirname "$0")
# Basic Latin, Latin-1, Latin Extended-A · letters of Malian languages (Bambara ɛ ɔ ɲ ŋ, Fulfulde ɓ ɗ ƴ,
# Tamasheq ǝ ɣ and dotted consonants) · combining accents · French typography · signs used on our papers
letters=U+20-7E,U+A0-17F,U+181,U+186,U+18A,U+190,U+194,U+19D,U+1B3,U+1B4,U+1DD,U+253,U+254,U+257,U+259,U+25B,U+263,U+272
accents=U+300-304,U+306,U+30C,U+323,U+1E0C,U+1E0D,U+1E24,U+1E25,U+1E62,U+1E63,U+1E6C,U+1E6D,U+1E92,U+1E93,U+1EBC,U+1EBD
signs=U+2010,U+2011,U+2013,U+2014,U+2018-201E,U+2022,U+2026,U+202F,U+20AC,U+2116,U+2190-2193,U+2212,U+2264,U+2265,U+2605,U+2610,U+2611,U+2713
for face in DejaVuSansCondensed DejaVuSansCondensed-Bold; do
  cut=$(mktemp)
  pyftsubset "$source_folder/$face.ttf" --output-file="$cut" \
    --unicodes="$letters,$accents,$signs" --layout-features='' --no-hinting --glyph-names=no --notdef-outline \
    --drop-tables+=GSUB,GPOS,GDEF,kern,FFTM
  # 1,000 units instead of 2,048: widths become whole numbers, and a PDF loses a kilobyte
  fonttools ttLib.scaleUpem "$cut" 1000 --output-file "$here/$face.subset.ttf"
  rm "$cut"
done
