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


def main() -> int:
    """Make every file of the reference; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--packages", type=Path, required=True)
    options = parser.parse_args()
    try:
        packages.fetch(options.packages)
        write_reference(tables.Sources(options.packages, HERE.parent / "communes"), options.output)
    except packages.PackageError as error:
        print(f"make data: {error}", file=sys.stderr)
        return 1
    return 0


def write_reference(sources: tables.Sources, output: Path) -> None:
    """Write all tables and outlines into the folder."""
    output.mkdir(parents=True, exist_ok=True)
    everywhere = outlines.read_communes(sources.packages)
    ours = everywhere[everywhere["code"].str.startswith("62")].reset_index(drop=True)
    beyond = {
        m["code"] for e in tables.epci_rows(sources) for m in e["membres"] if m["code"][:2] != "62"
    }
    around = outlines.pick_neighbours(everywhere, beyond)
    land = outlines.make_land(everywhere, beyond, tables.names(sources), sources.packages)
    communes, refused = tables.communes_table(sources, ours)
    frames = {
        "communes": communes,
        "town_halls_refused": refused,
        "epcis": tables.epcis_table(sources, communes, around),
        "cantons": tables.cantons_table(sources, communes),
        "arrondissements": tables.arrondissements_table(sources),
        "former_communes": tables.former_table(sources),
        "membership_2024": tables.membership_2024(sources),
    }
    for name, frame in frames.items():
        frame.to_csv(output / f"{name}.csv", index=False, lineterminator="\n")
        print(f"{name}.csv: {len(frame)} rows")
    write_outlines(output / "communes.parquet", ours)
    write_outlines(output / "neighbours.parquet", tables.describe_neighbours(sources, around))
    write_outlines(output / "land.parquet", land)


def write_outlines(path: Path, frame: gpd.GeoDataFrame) -> None:
    """Write one GeoParquet file that is the same bytes each time."""
    plain = frame.assign(**{c: frame[c].astype(object) for c in frame.select_dtypes("str")})
    plain.to_parquet(path, index=False, compression="zstd", schema_version="1.1.0")
    print(f"{path.name}: {len(pd.DataFrame(frame))} rows")


if __name__ == "__main__":
    sys.exit(main())
