import io
import shutil
import subprocess
import sys

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from app.exports.paper import FACES, face_file, to_pdf

SIGNS = "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔŒÆ0123456789’\u00a0\u202f"
MORE = "€²³°№«»–—…−×≥≤→"
PAGE = (
    '<html lang="fr"><head><title>Essai</title><style>body{font-family:"Atlas Sans"}</style></head>'
    "<body><h1>Nœux-les-Mines</h1><p>1\u202f878\u202f696\u00a0€ d’aide</p><i>Manche</i></body>"
)


@pytest.mark.parametrize(("name", "weight", "style"), FACES)
def test_every_face_has_the_signs_of_french(name, weight, style):
    font = TTFont(face_file(name))
    wanted = SIGNS + (MORE if style == "normal" else "")
    assert [sign for sign in wanted if ord(sign) not in font.getBestCmap()] == []
    assert "fvar" not in font
    assert font["OS/2"].usWeightClass == weight


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="poppler-utils is not there")
def test_only_our_fonts_are_used_and_all_are_embedded(tmp_path):
    file = tmp_path / "page.pdf"
    file.write_bytes(to_pdf(PAGE))
    command = ["pdffonts", file]
    told = subprocess.check_output(command, text=True).splitlines()[2:]  # noqa: S603
    assert len(told) == len(FACES)
    assert all("Atlas-Sans" in line and line.split()[-5:-3] == ["yes", "yes"] for line in told)


def test_the_text_can_be_read_back():
    with pypdfium2.PdfDocument(io.BytesIO(to_pdf(PAGE))) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert "1\u202f878\u202f696\u00a0€ d’aide" in text


def test_the_same_page_gives_the_same_bytes():
    assert to_pdf(PAGE) == to_pdf(PAGE)


def test_without_pango_the_map_starts_and_the_pdf_says_what_to_type():
    code = (
        "import sys; sys.modules['cffi'] = None\n"
        "import app.server, app.exports.paper as paper\n"
        "class Missing:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'weasyprint': raise OSError('libpango-1.0-0')\n"
        "sys.meta_path.insert(0, Missing())\n"
        "try: paper.to_pdf('<p>')\n"
        "except paper.PaperError as error: print(error)\n"
    )
    told = subprocess.check_output([sys.executable, "-c", code], text=True)  # noqa: S603
    assert "sudo apt-get install libpango-1.0-0" in told
