"""Text that cannot deceive: control characters as marks, links that lead where they say."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_NAMES = "ALM LRM RLM LRE RLE PDF LRO RLO LRI RLI FSI PDI".split()
_CODES = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS = {code: f"⟨{name}⟩" for code, name in zip(_CODES, _NAMES, strict=True)}
_OTHER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def visible(text: str) -> str:
    """`text` with bidirectional controls as marks, and other control characters as U+FFFD.

    >>> visible("a\\u202eb")
    'a⟨RLO⟩b'
    """
    return _OTHER.sub("\ufffd", text.translate(_CONTROLS))


def safe_link(address: str | None) -> str | None:
    """`address` if it is an absolute one of http or https, else None.

    >>> safe_link("javascript:alert(1)"), safe_link("https://example.org/a")
    (None, 'https://example.org/a')
    """
    try:
        parts = urlsplit((address or "").strip())
    except ValueError:
        return None
    return (address or "").strip() if parts.scheme in ("http", "https") and parts.netloc else None
