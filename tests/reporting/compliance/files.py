"""Files of passages and facts as a municipality might have them."""

import csv
from pathlib import Path

import duckdb


def write_csv(file: Path, header: str, *rows: tuple[object, ...]) -> Path:
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows([header.split(","), *rows])
    return file


def write_passages(file: Path, *rows: tuple[object, ...]) -> Path:
    """Plate, country, moment as text, class."""
    return write_csv(file, "plate,country,at,vehicle_class", *rows)


def write_parquet(file: Path, sql: str) -> Path:
    """What a question to the engine gives."""
    duckdb.connect().execute(f"COPY ({sql}) TO '{file}' (FORMAT parquet)")
    return file


def write_facts(file: Path, *rows: tuple[object, ...]) -> Path:
    return write_csv(file, "plate,category,subtype,emission_class,first_admission,body_codes,remark_codes", *rows)
