"""The grid of Filosofi in its true form: a table of 34 columns, in a ZIP beside others."""

import io
import zipfile

from pyproj import Transformer

HEADER = (
    *("idcar_200m", "idcar_1km", "idcar_nat", "i_est_200", "i_est_1km", "lcog_geo", "ind", "men"),
    *("men_pauv", "men_1ind", "men_5ind", "men_prop", "men_fmp", "ind_snv", "men_surf", "men_coll"),
    *("men_mais", "log_av45", "log_45_70", "log_70_90", "log_ap90", "log_inc", "log_soc"),
    *("ind_0_3", "ind_4_5", "ind_6_10", "ind_11_17", "ind_18_24", "ind_25_39", "ind_40_54"),
    *("ind_55_64", "ind_65_79", "ind_80p", "ind_inc"),
)
AGES = HEADER[23:33]
TO_GRID = Transformer.from_crs(4326, 3035, always_xy=True).transform
SHARES = (0.045, 0.025, 0.065, 0.09, 0.08, 0.18, 0.19, 0.13, 0.145, 0.05)


def corner(lon, lat):
    """Return the lower left corner of the square that holds a point: northing, easting."""
    x, y = TO_GRID(lon, lat)
    return int(y // 200 * 200), int(x // 200 * 200)


def square(at, codes, people, *, estimated=False, **more):
    """Return a row of the table; of people the ages are those of the département, about."""
    north, east = at
    ages = {name: f"{people * share:.2f}" for name, share in zip(AGES, SHARES, strict=True)}
    return {
        "idcar_200m": f"CRS3035RES200mN{north}E{east}",
        "idcar_1km": f"CRS3035RES1000mN{north // 1000 * 1000}E{east // 1000 * 1000}",
        "i_est_200": "1" if estimated else "0",
        "lcog_geo": codes,
        "ind": f"{people:.1f}",
        "men": f"{people / 2.2:.1f}",
        "ind_snv": f"{people * 19_000:.1f}",
        **ages,
        **more,
    }


def squares_of(reference):
    """Return a square at each town hall, its neighbour without values of its own, and another's."""
    rows = [square((2_889_000, 3_900_000), "59350", 1200.0)]
    for commune in reference.communes.values():
        north, east = corner(commune.town_hall.lon, commune.town_hall.lat)
        for way, share, estimated in ((0, 0.75, False), (200, 0.22, True)):
            people = commune.population * share
            rows.append(square((north + way, east), commune.code, people, estimated=estimated))
    return rows


def as_csv(rows):
    lines = [",".join(HEADER)]
    lines += [",".join(str(row.get(name, "0")) for name in HEADER) for row in rows]
    return ("\n".join(lines) + "\n").encode()


def as_grid(rows):
    """Return the ZIP: metropolitan France, and the islands beside it."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("carreaux_200m_met.csv", as_csv(rows))
        file.writestr("carreaux_200m_mart.csv", as_csv([]))
        file.writestr("carreaux_200m_reun.csv", as_csv([]))
    return archive.getvalue()
