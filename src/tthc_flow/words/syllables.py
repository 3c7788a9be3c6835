"""Syllable keys: one key for every way of typing the same Vietnamese syllable.

A key is the syllable's letters without the tone but with the letter marks (â ê ô ơ ư ă đ),
followed by the tone as a digit; so "uỷ" and "ủy", "hoà" and "hòa", "ký" and "kí" are equal, and
"ban", "bàn" and "bân" are not. Upper case, composed or decomposed Unicode, no-break blanks,
zero-width characters and the look-alikes Ð and Ɖ do not matter.

Source: Unicode Standard Annex 15 (NFC); QĐ 1989/QĐ-BGDĐT 2018 for the two placements of a tone.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from attrs import frozen

TONES: Final = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
"""Combining grave, hook, tilde, acute and dot below; a level tone has no digit."""

LOOK_ALIKES: Final = str.maketrans("ÐƉðɖƢƣ", "ĐĐđđƯư")
"""Letters that fonts and old converters put in place of Đ and Ư."""

INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLE: Final = re.compile(f"[{INVISIBLE}]")
_WORD: Final = re.compile(rf"[^\W_](?:[^\W_]|[{INVISIBLE}\u0300-\u0323])*")
_LONE_Y: Final = re.compile(r"(?<![aăâeêioôơuưy])y$|(?<=^qu)y$")
_LATIN: Final = re.compile(r"[A-Za-z]{2,}")
_SPOKEN: Final = re.compile(
    r"(?:ngh|nh|ng|ch|th|tr|ph|kh|gh|gi|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?"
)


@frozen
class Syllable:
    """One word of a text: its two keys, where it stands, and the characters before it."""

    key: str
    ascii: str
    start: int
    end: int
    gap: str
    capitals: bool


def composed(text: str) -> str:
    """Return *text* in composed Unicode (NFC), otherwise as it was typed.

    Example:
        >>> len(composed("ủy")), len(composed("u\u0309y"))
        (2, 2)
    """
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=16384)
def _keys(word: str) -> tuple[str, str]:
    plain = _INVISIBLE.sub("", word).translate(LOOK_ALIKES).lower()
    letters, tone = [], ""
    for mark in unicodedata.normalize("NFD", plain):
        if mark in TONES:
            tone = TONES[mark]
        else:
            letters.append(mark)
    marked = _LONE_Y.sub("i", unicodedata.normalize("NFC", "".join(letters)))
    bare = "".join(each for each in unicodedata.normalize("NFD", marked) if each.isalnum())
    return marked + tone, bare.replace("đ", "d")


@lru_cache(maxsize=256)  # a text is asked for its key and for its words, one after the other
def syllables(text: str) -> tuple[Syllable, ...]:
    """Return the words of *text* in order; the places refer to ``composed(text)``.

    Example:
        >>> [each.key for each in syllables("Uỷ ban: 05 ngày")]
        ['uy3', 'ban', '05', 'ngay2']
    """
    whole = composed(text)
    found = []
    last = 0
    for match in _WORD.finditer(whole):
        key_, ascii_ = _keys(match.group())
        start, end = match.span()
        found.append(Syllable(key_, ascii_, start, end, whole[last:start], match.group().isupper()))
        last = end
    return tuple(found)


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """Return the syllable key of *text*: equal for every way of typing the same words.

    Punctuation, case and blanks do not count; tones and letter marks do.

    Example:
        >>> key("UỶ BAN nhân dân") == key("Ủy\u00a0ban - nhân dân")
        True
        >>> key("hoà") == key("hòa"), key("ban") == key("bàn")
        (True, False)

    Source: see the module.
    """
    return " ".join(each.key for each in syllables(text))


def ascii_key(text: str) -> str:
    """Return *text* folded to plain letters: the last tier, for text typed without any marks.

    Example:
        >>> ascii_key("Sở Nội vụ")
        'so noi vu'

    Source: see the module.
    """
    return " ".join(each.ascii for each in syllables(text))


def is_foreign(text: str) -> bool:
    """Return whether *text* is written in another language: no accent, and words that cannot be.

    Vietnamese typed without accents ("Vao so, dong dau") is none; capitals (UBND) say nothing.

    Example:
        >>> is_foreign("File documents in customer file"), is_foreign("Vao so, UBND ky")
        (True, False)
        >>> is_foreign("Scan hồ sơ"), is_foreign("In")
        (False, False)

    Source: the syllable of Vietnamese: at most an initial, vowels, and one of eight finals.
    """
    if not text.isascii():
        return False
    words = (word for word in _LATIN.findall(text) if not word.isupper())
    return any(_SPOKEN.fullmatch(word.lower()) is None for word in words)
