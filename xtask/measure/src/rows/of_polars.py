# billion-rows by polars: least, sum, number and most of each station, read in a stream.
import sys
import polars

rows = polars.scan_csv(
    sys.argv[1],
    separator=";",
    quote_char=None,
    has_header=False,
    schema={"name": polars.String, "degrees": polars.Float64},
)
degrees = polars.col("degrees")
report = (
    rows.group_by("name")
    .agg(degrees.min().alias("least"), degrees.sum().alias("sum"), degrees.len().alias("rows"), degrees.max().alias("most"))
    .sort("name")
    .collect(engine="streaming")
)


def tenths(number):
    return f"{'-' if number < 0 else ''}{abs(number) // 10}.{abs(number) % 10}"


def station(name, least, total, rows, most):
    mean = (2 * round(total * 10) + rows) // (2 * rows)
    return f"{name}={tenths(round(least * 10))}/{tenths(mean)}/{tenths(round(most * 10))}"


print("{" + ", ".join(station(*row) for row in report.iter_rows()) + "}")
