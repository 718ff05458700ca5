# billion-rows by awk: tenths as whole numbers; names are put in order by insertion.
function tenths(number) {
    return (number < 0 ? "-" : "") int((number < 0 ? -number : number) / 10) "." (number < 0 ? -number : number) % 10
}
function rounded(number) { return number < 0 ? int(number - 0.5) : int(number + 0.5) }
function downwards(number) { return int(number) > number ? int(number) - 1 : int(number) }
{
    degrees = $2 + 0
    if (!($1 in rows)) { least[$1] = most[$1] = degrees; names[++stations] = $1 }
    if (degrees < least[$1]) least[$1] = degrees
    if (degrees > most[$1]) most[$1] = degrees
    sum[$1] += degrees
    rows[$1]++
}
END {
    for (at = 2; at <= stations; at++) {
        name = names[at]
        for (to = at - 1; to > 0 && names[to] > name; to--) names[to + 1] = names[to]
        names[to + 1] = name
    }
    printf "{"
    for (at = 1; at <= stations; at++) {
        name = names[at]
        mean = downwards((2 * rounded(sum[name] * 10) + rows[name]) / (2 * rows[name]))
        printf "%s%s=%s/%s/%s", (at > 1 ? ", " : ""), name, tenths(rounded(least[name] * 10)), tenths(mean), tenths(rounded(most[name] * 10))
    }
    print "}"
}
