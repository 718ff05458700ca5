//! The ledger of a customs office: goods by their tariff, duties of each port, and the days on
//! which the office had most to do.

use std::collections::BTreeMap;

use truth::Random;

const ENTRIES: usize = 420_000;
const PORTS: usize = 40;

/// A line of the ledger that counts.
struct Duty {
    day: u16,
    port: usize,
    cents: i64,
}

/// The ledger, as the office's old program writes it: nine fields between semicolons.
fn ledger(random: &mut Random) -> String {
    let words: Vec<String> = (0..4_000).map(truth::word).collect();
    let mut ledger = String::with_capacity(ENTRIES * 90);
    for at in 0..ENTRIES {
        let number = random.number();
        let day = at * 365 / ENTRIES;
        let port = random.skewed(PORTS);
        let (kilos, value) = (number >> 8 & 4095, number >> 20 & 0xf_ffff);
        let rate = number >> 40 & 31;
        for text in [&words[random.skewed(4000)], " ", &words[random.skewed(4000)]] {
            ledger.push_str(text);
        }
        ledger += &format!(
            ";P{port:02};{day:03};{:08};{kilos} kg;{}.{:02};{rate} %;",
            number >> 45,
            value / 100,
            value % 100
        );
        ledger.push_str(&words[random.skewed(4000)]);
        ledger.push_str(if number & 15 == 0 { ";void\n" } else { ";\n" });
    }
    ledger
}

/// A number of hundredths, written with a point.
fn hundredths(text: &str) -> Option<i64> {
    let (whole, rest) = text.split_once('.')?;
    Some(whole.parse::<i64>().ok()? * 100 + rest.parse::<i64>().ok()?)
}

fn fields(line: &str) -> Vec<String> {
    line.split(';').map(|field| field.trim().to_string()).collect()
}

fn duty(line: &str) -> Option<Duty> {
    let fields = fields(line);
    if fields.len() != 9 || fields[8] == "void" {
        return None;
    }
    let port = fields[1].strip_prefix('P')?.parse().ok()?;
    let rate: i64 = fields[6].strip_suffix(" %")?.parse().ok()?;
    let cents = hundredths(&fields[5])? * rate / 100;
    Some(Duty { day: fields[2].parse().ok()?, port, cents })
}

/// The busiest week, by its first day: the most entries in seven days.
fn busiest_week(duties: &[Duty]) -> (usize, usize) {
    let mut days = [0; 371];
    for duty in duties {
        days[usize::from(duty.day)] += 1;
    }
    let weeks = days.windows(7).map(|week| week.iter().sum::<usize>()).zip(0..);
    weeks.max().map_or((0, 0), |(entries, day)| (day, entries))
}

/// What would be taken if small duties were waived, for several limits.
fn waived(duties: &[Duty], limits: &[i64]) -> Vec<i64> {
    let mut cents: Vec<i64> = duties.iter().map(|duty| duty.cents).collect();
    cents.sort_unstable();
    let mut sums = Vec::with_capacity(cents.len() + 1);
    sums.push(0);
    for cent in &cents {
        sums.push(sums[sums.len() - 1] + cent);
    }
    limits.iter().map(|&limit| sums[cents.partition_point(|&cent| cent < limit)]).collect()
}

fn main() {
    let mut random = Random::new(515);
    let mut total: BTreeMap<usize, i64> = BTreeMap::new();
    for year in 2019..2022 {
        let ledger = ledger(&mut random);
        let mut duties: Vec<Duty> = Vec::with_capacity(ENTRIES);
        for line in ledger.lines() {
            duties.extend(duty(line));
        }
        let mut ports = [0; PORTS];
        for duty in &duties {
            ports[duty.port] += duty.cents;
        }
        for (port, cents) in ports.iter().enumerate() {
            *total.entry(port).or_default() += cents;
        }
        let (day, entries) = busiest_week(&duties);
        println!("{year}: {} duties, {entries} in the week of day {day}", duties.len());
        println!("  waived: {:?}", waived(&duties, &[100, 1_000, 10_000]));
    }
    for (port, cents) in total.iter().take(5) {
        println!("P{port:02}: {}.{:02}", cents / 100, cents % 100);
    }
}
