"""Write the reference: fetch the packages, repair the outlines, write tables and outlines."""

import argparse
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

import outlines  # noqa: E402 - geo is found through the path above
import packages  # noqa: E402
import tables  # noqa: E402
import town_halls  # noqa: E402
from sources import Sources, members_of  # noqa: E402


def main() -> int:
    """Make every file of the reference; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--packages", type=Path, required=True)
    options = parser.parse_args()
    try:
        packages.fetch(options.packages)
        write_reference(Sources(options.packages, HERE.parent / "communes"), options.output)
    except packages.PackageError as error:
        print(f"make data: {error}", file=sys.stderr)
        return 1
    return 0


def write_reference(sources: Sources, output: Path) -> None:
    """Write all tables and outlines into the folder."""
    output.mkdir(parents=True, exist_ok=True)
    everywhere = outlines.read_communes(sources.packages)
    ours = everywhere[everywhere["code"].str.startswith("62")].reset_index(drop=True)
    beyond = {code for epci in sources.epcis for code in members_of(epci)[1]}
    around = outlines.pick_neighbours(everywhere, beyond)
    communes = tables.communes_table(sources, ours)
    halls = town_halls.read_town_halls(sources.packages)
    points = town_halls.place(halls, ours)
    frames = {
        "communes": tables.with_town_halls(communes, halls, points),
        "town_halls_refused": town_halls.refused_table(points, sources.names),
        "epcis": tables.epcis_table(sources, pd.concat([ours, around])),
        "cantons": tables.cantons_table(sources, communes),
        "arrondissements": tables.arrondissements_table(sources),
        "former_communes": tables.former_table(sources),
        "membership_2024": tables.membership_2024(sources),
    }
    for name, frame in frames.items():
        frame.to_csv(output / f"{name}.csv", index=False, lineterminator="\n")
        print(f"{name}.csv: {len(frame)} rows")
    land = outlines.make_land(everywhere, beyond, sources.names, sources.packages)
    write_outlines(output / "communes.parquet", ours)
    write_outlines(output / "neighbours.parquet", tables.neighbours_table(sources, around))
    write_outlines(output / "land.parquet", land)


def write_outlines(path: Path, frame: gpd.GeoDataFrame) -> None:
    """Write one GeoParquet file that is the same bytes each time."""
    # pandas 3 writes a note on its own text type that pandas 2 cannot read
    plain = frame.assign(**{c: frame[c].astype(object) for c in frame.select_dtypes("str")})
    plain.to_parquet(path, index=False, compression="zstd", schema_version="1.1.0")
    print(f"{path.name}: {len(frame)} rows")


if __name__ == "__main__":
    sys.exit(main())
