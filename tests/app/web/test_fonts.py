"""The shipped text family has every sign that French needs."""

import pytest
from fontTools.ttLib import TTFont

from app.web.bundles import APP

SIGNS = (
    "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔŒÆ0123456789€²³°№«»’–—…−×≥≤→\u00a0\u202f"
)


@pytest.mark.parametrize("file", ["atlas-sans.woff2"])
def test_no_sign_is_missing(file):
    cmap = TTFont(APP / "assets/fonts" / file).getBestCmap()
    assert [sign for sign in SIGNS if ord(sign) not in cmap] == []


def test_figures_are_of_one_width():
    font = TTFont(APP / "assets/fonts" / "atlas-sans.woff2")
    cmap, widths = font.getBestCmap(), font["hmtx"]
    assert len({widths[cmap[ord(digit)]][0] for digit in "0123456789"}) == 1
