"""The options of ``atlas62 livret`` that say how a page looks and what file it becomes."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Final

import click

_FILE: Final = click.Path(path_type=Path)

_OPTIONS: Final = (
    click.option(
        "--format",
        "paper",
        type=click.Choice(("A4", "A3")),
        default="A4",
        show_default=True,
        help="Format du papier.",
    ),
    click.option(
        "--orientation",
        type=click.Choice(("auto", "portrait", "paysage")),
        default="auto",
        show_default=True,
        help="auto : celle où le territoire est le plus grand.",
    ),
    click.option("--titre", "title", default="", metavar="TEXTE", help="À la place du nom."),
    click.option("--sous-titre", "subtitle", default="", metavar="TEXTE", help="Sous le titre."),
    click.option(
        "--couches",
        "layers",
        metavar="A,B…",
        help="Couches de points à montrer ; « fond » pour les routes, l’eau et le rail.",
    ),
    click.option(
        "--legende",
        "captions",
        multiple=True,
        metavar="OPÉRATION=TEXTE",
        help="Mots à la place de l’intitulé d’une opération ; peut se répéter.",
    ),
    click.option(
        "--indicateur",
        "indicator",
        metavar="ID",
        help="Indicateur peint, tout identifiant de l’Explorer.",
    ),
    click.option(
        "--vue",
        "view",
        metavar="ADRESSE",
        help="Imprime une vue de l’Explorer ; les autres options passent avant elle.",
    ),
    click.option(
        "--logo-partenaire", "partner_logo", type=_FILE, metavar="FICHIER", help="SVG, PNG, JPEG."
    ),
    click.option(
        "--logo-departement",
        "departement_logo",
        type=_FILE,
        metavar="FICHIER",
        help="SVG, PNG, JPEG.",
    ),
    click.option(
        "--cadres-logos",
        "logo_frames",
        is_flag=True,
        help="Cadre vide à la place d’un logo qui n’est pas donné.",
    ),
    click.option(
        "--imprimeur",
        "printer",
        is_flag=True,
        help="PDF pour l’imprimeur : quatre encres, fond perdu, traits de coupe, PDF/X-4.",
    ),
    click.option(
        "--profil",
        "profile",
        type=_FILE,
        metavar="FICHIER",
        help="Profil ICC de l’imprimeur, incorporé au PDF.",
    ),
    click.option(
        "--controle", "check", is_flag=True, help="Relit le PDF écrit et dit ce qui n’y va pas."
    ),
    click.option(
        "--fiche", "sheet", is_flag=True, help="Fiche du territoire à la suite de la carte (PDF)."
    ),
    click.option("--remplacer", "replace", is_flag=True, help="Écrase le fichier s’il existe."),
)


@dataclass(frozen=True, slots=True)
class FileChoice:
    """What kind of file is written, and what happens around it."""

    printer: bool
    profile: Path | None
    check: bool
    sheet: bool
    replace: bool


def page_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options, as ``file`` (:class:`FileChoice`) and ``words`` (the others)."""

    @wraps(command)
    def gathered(**options: object) -> None:
        chosen = {one.name: options.pop(one.name) for one in fields(FileChoice)}
        own = {name: options.pop(name) for name in ("place", "what", "path")}
        command(file=FileChoice(**chosen), words=options, **own)  # type: ignore[arg-type]

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered
