"""What every store does, whatever it is made of: the users of one find the same in another."""

from dataclasses import replace
from decimal import Decimal

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, box

from app.settings import EMBEDDED_DATA
from layers.catalogue.layers import Catalogue
from layers.model.layer import Source
from layers.model.schema import Field, LayerError
from layers.store.description import KEY, Description
from layers.store.geopackage import GeoPackageStore
from layers.store.postgis.shared import PostgisStore
from layers.store.protocol import StoreError
from tests.layers.store.test_geopackage import FIELDS, described, ids, rows


@pytest.fixture(params=["geopackage", "postgis"])
def opened(request, tmp_path):
    """Return a function that opens one store, each time as another program would."""
    if request.param == "postgis":
        address = request.getfixturevalue("database").address()
        return lambda: PostgisStore(address)
    return lambda: GeoPackageStore(tmp_path / "atlas62.gpkg", tmp_path / "sauvegardes")


@pytest.fixture
def store(opened):
    return opened()


def of_each_kind():
    """Return a layer with a column of each type that is brought, and its rows."""
    fields = (
        KEY,
        Field("name", "Nom", "Nom.", nullable=True),
        Field("day", "Jour", "Jour.", "date", nullable=True),
        Field("seats", "Places", "Places.", "int", nullable=True),
        Field("share", "Part", "Part.", "float", nullable=True),
        Field("cost", "Coût", "Coût.", "money", unit="€", nullable=True),
        Field("words", "Mots", "Mots.", "list"),
        *FIELDS[-2:],
    )
    source = Source("« Œuvre » d’été, n° 1", "l’Î", "Licence Ouverte", "2026")
    description = Description("tout", "Tout", "point", fields, (source,), "Remarque.", "name")
    frame = gpd.GeoDataFrame(
        {
            "line": ["2", "3", "4"],
            "name": ["É\u202f« ; '\"\\\n\t\\N", None, ""],
            "day": ["2023", None, "2023-12-04"],
            "seats": [2**53 + 1, None, -1],
            "share": [0.1 + 0.2, None, -1e-300],
            "cost": [Decimal("123456789.01"), None, Decimal("-0.10")],
            "words": [("un", "d'eux"), (), ("trois",)],
            "commune_code": "62193",
            "precision": "site",
        },
        geometry=[Point(1.85, 50.95), Point(1.0 / 3, 50), Point(2, 51)],
        crs="EPSG:4326",
    )
    return description, frame


def test_each_type_of_value_comes_back_as_it_was(store, opened):
    description, frame = of_each_kind()
    store.adopt(description, frame, replace=False, source="")
    (adoption,) = opened().adoptions().values()
    assert adoption.description == description
    read = opened().read(adoption.description)
    for name in frame.columns.drop("geometry"):
        wanted = [None if value != value else value for value in frame[name]]  # noqa: PLR0124
        wanted = [int(v) if name == "seats" and v is not None else v for v in wanted]
        assert read[name].tolist() == wanted
        assert [type(value) for value in read[name]] == [type(value) for value in wanted]
    assert shapely.to_wkb(read.geometry).tolist() == shapely.to_wkb(frame.geometry).tolist()
    assert read.crs == frame.crs


def test_an_area_is_of_several_parts_and_may_be_empty_or_have_holes(store):
    whole = Polygon(box(0, 0, 3, 3).exterior, [box(1, 1, 2, 2).exterior])
    several = MultiPolygon([whole, box(5, 5, 6, 6)])
    shapes = [box(0, 0, 1, 1), several, MultiPolygon(), Polygon(), None]
    frame = rows(5).set_geometry(shapes, crs="EPSG:4326")
    store.adopt(replace(described(), geometry="polygon"), frame, replace=False, source="")
    read = store.read(described()).geometry
    assert read.isna().tolist() == [False, False, False, False, True]
    assert read.geom_type.tolist()[:4] == ["MultiPolygon"] * 4
    assert shapely.get_num_geometries(read.to_numpy()).tolist() == [1, 2, 0, 1, 0]
    assert read.is_empty.tolist() == [False, False, True, True, False]
    assert shapely.area(read.to_numpy())[:3].tolist() == [1, 9, 0]


def test_its_layers_are_read_by_the_catalogue(store, opened, reference):
    store.adopt(described(), rows(), replace=False, source="")
    catalogue = Catalogue(reference, EMBEDDED_DATA, store=opened())
    frame = catalogue.load("lieux")
    assert frame["name"].tolist()[1:] == ["Lieu 1", "Lieu 2"]
    assert str(frame["cost"].iloc[1]) == "1.10"
    assert catalogue.layer("lieux").sources[0].producer == "quelqu’un"


def test_an_empty_store_has_nothing_and_is_in_good_condition(store):
    assert (store.layers(), store.adoptions(), store.backups()) == ((), {}, ())
    assert store.troubles() == ()
    with pytest.raises(StoreError, match="vide"):
        store.remove("lieux")
    with pytest.raises(LayerError):
        store.read(described())


def test_each_change_is_another_version_for_every_program_and_a_refusal_is_none(store, opened):
    other, seen = opened(), [opened().version()]
    store.adopt(described(), rows(), replace=False, source="")
    seen.append(other.version())
    with pytest.raises(StoreError, match="déjà dans le magasin"):
        store.adopt(described(), rows(1), replace=False, source="")
    assert other.version() == store.version() == seen[-1]
    store.adopt(described(title="Revus"), rows(1), replace=True, source="")
    seen.append(other.version())
    store.remove("lieux")
    seen.append(other.version())
    assert len(set(seen)) == 4


def test_one_more_layer_has_an_identifier_of_its_own(store):
    assert store.add(described(), rows(), source="aa", taken=()).id == "lieux"
    assert store.add(described(), rows(1), source="bb", taken=()).id == "lieux_2"
    assert store.add(described(), rows(2), source="", taken={"lieux_3"}).id == "lieux_4"
    told = [(each.source, each.rows) for each in store.adoptions().values()]
    assert told == [("aa", 3), ("bb", 1), ("", 2)]
    assert [len(layer.read(None, None)) for layer in store.layers()] == [3, 1, 2]


def test_only_who_adopted_it_and_the_operator_replace_a_layer(store):
    store.add(described(), rows(), source="aa", taken=())
    store.add(described("autres"), rows(1), source="aa", taken=())
    for layer_id in ("lieux", "inconnue"):
        with pytest.raises(StoreError, match=r"seul l’exploitant.*Rien n’est changé"):
            store.adopt(described(layer_id), rows(1), replace=True, source="bb")
    replaced = store.adopt(described(title="Revus"), rows(2), replace=True, source="aa")
    assert "« Lieux » (lieux, 3 lignes, adoptée le " in replaced.told
    assert ids(store) == ["lieux", "autres"]
    assert store.adopt(described(), rows(1), replace=True, source="").source == "aa"
    with pytest.raises(StoreError, match="seul l’exploitant"):
        store.adopt(described(), rows(1), replace=True, source="aa")


def test_what_is_not_there_is_said(store):
    store.adopt(described(), rows(), replace=False, source="")
    with pytest.raises(StoreError, match="« autres » absente du magasin ; il contient : lieux"):
        store.remove("autres")


def test_a_backup_is_what_was_before_each_change_and_brings_it_back(store, opened):
    store.adopt(described(), rows(), replace=False, source="")
    assert store.backups() == ()
    store.adopt(described("autres"), rows(1), replace=False, source="aa")
    store.adopt(described(title="Revus"), rows(2), replace=True, source="")
    newest, oldest = opened().backups()
    assert (newest.source, oldest.source) == ("", "aa")
    assert newest.moment > oldest.moment
    assert not store.is_ahead(newest)
    assert [*store.open_backup(oldest).adoptions()] == ["lieux"]
    held = store.open_backup(newest).adoptions()["lieux"]
    assert held.description.title == "Lieux"
    assert len(store.open_backup(newest).read(held.description)) == 3
    assert store.restore(oldest) == ""
    assert ids(opened()) == ["lieux"]
    store.restore(store.backups()[0])
    assert [layer.title for layer in opened().layers()] == ["Revus", "Lieux"]
    with pytest.raises(StoreError, match="Sauvegarde « inconnue »"):
        store.restore(replace(oldest, name="inconnue"))


def test_the_backups_of_others_stay_while_one_visitor_adopts(store):
    store.adopt(described("premier"), rows(1), replace=False, source="")
    store.adopt(described("second"), rows(1), replace=False, source="")
    store.add(described(), rows(1), source="aa", taken=())
    before = store.backups()
    for _ in range(6):
        store.add(described(), rows(1), source="bb", taken=())
    assert {*before} <= {*store.backups()}
    assert len(store.backups()) < len(before) + 6
    for backup in store.backups():
        content = store.open_backup(backup)
        assert [len(content.read(one.description)) for one in content.adoptions().values()]


def test_what_it_is_filled_with_takes_the_place_of_all(store, opened, tmp_path):
    origin = GeoPackageStore(tmp_path / "autre.gpkg")
    description, frame = of_each_kind()
    origin.adopt(description, frame)
    origin.add(described(), rows(), source="aa")
    store.adopt(described("ancienne"), rows(1), replace=False, source="bb")
    content = [(one, origin.read(one.description)) for one in origin.adoptions().values()]
    store.fill(content)
    assert opened().adoptions() == origin.adoptions()
    (backup,) = store.backups()
    assert [*store.open_backup(backup).adoptions()] == ["ancienne"]


def test_what_it_cannot_keep_as_it_is_changes_nothing(store, opened):
    description, frame = of_each_kind()
    store.adopt(described("ancienne"), rows(1), replace=False, source="bb")
    store.adopt(description, frame, replace=False, source="")
    held = store.adoptions()["tout"]
    read = store.read(description)
    read.loc[1, "name"] = 7  # a text that is none
    with pytest.raises(StoreError, match=r"rien n’est changé.*« tout ».*« name », ligne 2"):
        store.fill([(held, read)])
    read = store.read(description)
    read.loc[0, "cost"] = Decimal("0.125")  # a sum that is none
    with pytest.raises(StoreError, match=r"rien n’est changé.*« cost », ligne 1"):
        store.fill([(held, read)])
    assert ids(opened()) == ["ancienne", "tout"]
