"""Logos and profiles from a visitor: what they should be, bounded, kept once."""

import io
import os
import time

import pytest
from PIL import Image, ImageFile
from werkzeug.datastructures import FileStorage

from app.booklets import logos
from app.booklets.form import FormError
from app.booklets.logos import keep_logo, keep_profile
from app.exports.booklet.furniture import check_logo
from app.exports.booklet.press.condition import SHIPPED
from app.exports.booklet.scene.request import PageError


def picture(colour):
    written = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(written, "PNG")
    return written.getvalue()


def given(content, name="logo.png"):
    return FileStorage(io.BytesIO(content), name)


def test_the_same_image_is_kept_once_under_a_name_of_ours(tmp_path):
    first = keep_logo(given(picture("red"), "../../été.PNG"), tmp_path / "logos")
    again = keep_logo(given(picture("red"), "autre.png"), tmp_path / "logos")
    assert first == again
    assert first.parent == tmp_path / "logos"
    assert first.read_bytes() == picture("red")
    assert keep_logo(given(b"", ""), tmp_path / "logos") is None
    assert keep_logo(None, tmp_path / "logos") is None


def huge():
    stream = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        picture("red")[:-40],
        picture("red")[:60],
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"\xff\xd8\xff\xe0" + bytes(200),
        huge(),
    ],
)
@pytest.mark.parametrize("lenient", [False, True])
def test_a_broken_logo_is_told_and_not_left_out(tmp_path, monkeypatch, content, lenient):
    # as WeasyPrint leaves it, once a page was drawn
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    name = "logo.jpg" if content.startswith(b"\xff") else "logo.png"
    with pytest.raises(FormError, match="abîmée ou incomplète"):
        keep_logo(given(content, name), tmp_path)
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("content", ["<svg", "<html/>", "<svg><path></svg>"])
def test_a_broken_svg_of_the_operator_is_told(content):
    with pytest.raises(PageError, match="abîmée"):
        check_logo("logo.svg", content.encode())
    assert check_logo("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>') == "svg+xml"


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"<svg/>", "logo.svg", "PNG ou JPEG"),
        (b"<html>", "logo.png", "pas celui d’une image .png"),
        (b"\x89PNG" + bytes(2_000_000), "logo.png", "2 Mo"),
        (b"x", "logo", "PNG ou JPEG"),
    ],
)
def test_what_is_no_logo_is_refused_in_a_sentence(tmp_path, content, name, told):
    with pytest.raises(FormError, match=told) as caught:
        keep_logo(given(content, name), tmp_path)
    assert str(tmp_path) not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_printing_profile_is_kept_and_what_is_none_is_refused(tmp_path):
    icc = SHIPPED.read_bytes()
    assert keep_profile(given(icc, "Presse.ICC"), tmp_path).read_bytes() == icc
    screen = icc[:12] + b"mntrRGB " + icc[20:]
    for content in (b"", b"<html>", icc[:-1], icc + b"x", screen, icc + bytes(4_000_000)):
        with pytest.raises(FormError, match=r"Profil « presse\.icc »"):
            keep_profile(given(content, "presse.icc"), tmp_path)
    assert len(list(tmp_path.glob("*.icc"))) == 1


def test_a_client_has_so_many_and_nobody_s_are_taken_away_for_them(tmp_path, monkeypatch):
    monkeypatch.setattr(logos, "MOST_KEPT", 2)
    theirs = keep_logo(given(picture("white")), tmp_path, "victim")
    kept = [keep_logo(given(picture(one)), tmp_path, "a") for one in ("red", "green")]
    with pytest.raises(FormError, match="Déjà 2 logos"):
        keep_logo(given(picture("blue")), tmp_path, "a")
    assert keep_logo(given(picture("red")), tmp_path, "a") == kept[0]
    assert keep_logo(given(picture("blue")), tmp_path, "victim").exists()
    assert theirs.exists()
    assert all(path.exists() for path in kept)


def test_what_was_not_given_for_a_day_goes(tmp_path):
    old = keep_logo(given(picture("red")), tmp_path, "a")
    for path in tmp_path.rglob("*.png"):
        os.utime(path, (time.time() - logos.LIFETIME - 60,) * 2)
    keep_logo(given(picture("blue")), tmp_path, "b")
    assert not old.exists()
    assert len(list(tmp_path.rglob("*.png"))) == 2
