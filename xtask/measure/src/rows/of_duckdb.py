# billion-rows by duckdb: least, sum, number and most of each station.
import sys
import duckdb

# Else it draws a bar among the results of whatever takes longer than two seconds.
duckdb.execute("SET enable_progress_bar = false")
report = duckdb.execute(
    """
    SELECT name, min(degrees), sum(degrees), count(*), max(degrees)
    FROM read_csv(?, delim=';', quote='', header=false, columns={'name': 'VARCHAR', 'degrees': 'DOUBLE'})
    GROUP BY name ORDER BY name
    """,
    [sys.argv[1]],
).fetchall()


def tenths(number):
    return f"{'-' if number < 0 else ''}{abs(number) // 10}.{abs(number) % 10}"


def station(name, least, total, rows, most):
    mean = (2 * round(total * 10) + rows) // (2 * rows)
    return f"{name}={tenths(round(least * 10))}/{tenths(mean)}/{tenths(round(most * 10))}"


print("{" + ", ".join(station(*row) for row in report) + "}")
