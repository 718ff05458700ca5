//! How far does one get by train? Asked for many stations, over all of a month's connections.
//!
//! Connections are sorted by departure. One pass over them answers a question: whoever sits in a
//! train stays in it, and whoever waits at a station may board.

use truth::{Random, word};

const STATIONS: usize = 9_000;
const TRIPS: usize = 130_000;
const STOPS: usize = 25;
const QUESTIONS: usize = 26;
/// Seconds.
const MONTH: u64 = 30 * 86_400;

/// A train's way from one station to the next one.
struct Connection {
    trip: usize,
    from: usize,
    to: usize,
    departs: u64,
    arrives: u64,
    /// Seconds that changing takes at a platform that is far away.
    change: Option<u64>,
    /// A bit for each day of the week.
    weekdays: u64,
    bicycles: bool,
}

struct Question {
    from: usize,
    begin: u64,
    weekday: u32,
    with_bicycle: bool,
}

/// Trains go through the stations of a line, which are near each other in number.
fn connections(random: &mut Random) -> Vec<Connection> {
    let mut connections = Vec::with_capacity(TRIPS * (STOPS - 1));
    for trip in 0..TRIPS {
        let mut station = random.below(STATIONS);
        let mut time = random.below((MONTH - 200_000) as usize) as u64;
        let weekdays = 0x1f | random.number() & 0x7f;
        let bicycles = random.below(4) > 0;
        for _ in 1..STOPS {
            let dice = random.number();
            let next = (station + 1 + (dice & 63) as usize) % STATIONS;
            let arrives = time + 300 + (dice >> 8 & 2_047);
            connections.push(Connection {
                trip,
                from: station,
                to: next,
                departs: time,
                arrives,
                change: (dice >> 20 & 3 == 0).then_some(120 + (dice >> 24 & 127)),
                weekdays,
                bicycles,
            });
            station = next;
            time = arrives + 60;
        }
    }
    connections.sort_by_cached_key(|connection| connection.departs);
    connections
}

/// When each station is reached first; the greatest number where it is not.
fn reached(connections: &[Connection], question: &Question) -> Vec<u64> {
    let mut stations = vec![u64::MAX; STATIONS];
    let mut aboard = vec![false; TRIPS];
    stations[question.from] = question.begin;
    for connection in connections {
        let runs = connection.weekdays >> question.weekday & 1 > 0;
        let takes = connection.bicycles || !question.with_bicycle;
        let ready = stations[connection.from].saturating_add(connection.change.unwrap_or(0));
        let boards = aboard[connection.trip] || ready <= connection.departs;
        if boards && runs && takes {
            aboard[connection.trip] = true;
            if connection.arrives < stations[connection.to] {
                stations[connection.to] = connection.arrives;
            }
        }
    }
    stations
}

/// Hours after which so many stations have been reached.
fn hours(stations: &[u64], question: &Question) -> [Option<u64>; 3] {
    let mut times: Vec<u64> = stations.iter().copied().filter(|&time| time < u64::MAX).collect();
    times.sort_unstable();
    let after = |count: usize| times.get(count).map(|time| (time - question.begin) / 3_600);
    [STATIONS / 10, STATIONS / 2, STATIONS * 9 / 10].map(after)
}

/// The load of each line, if everybody travelled: trains through each station, smoothed around.
fn trains(connections: &[Connection]) -> Vec<f64> {
    let mut trains = vec![0.0; STATIONS];
    for connection in connections {
        trains[connection.to] += 1.0;
    }
    for _ in 0..300 {
        let mut last = trains[STATIONS - 1];
        for at in 0..STATIONS {
            let mean = (last + 2.0 * trains[at] + trains[(at + 1) % STATIONS]) / 4.0;
            last = std::mem::replace(&mut trains[at], mean);
        }
    }
    trains
}

fn main() {
    let mut random = Random::new(810);
    let connections = connections(&mut random);
    let mut firsts = vec![0_u32; STATIONS];
    for number in 0..QUESTIONS {
        let question = Question {
            from: random.below(STATIONS),
            begin: random.below(86_400) as u64,
            weekday: random.below(7) as u32,
            with_bicycle: random.below(3) == 0,
        };
        let stations = reached(&connections, &question);
        let first = (0..STATIONS)
            .filter(|&station| station != question.from)
            .min_by_key(|&station| (stations[station], station));
        firsts[first.expect("stations")] += 1;
        if number % 6 == 0 {
            println!("from {}: {:?} hours", word(question.from), hours(&stations, &question));
        }
    }
    let often = (0..STATIONS).max_by_key(|&station| (firsts[station], station)).expect("stations");
    println!("first reached most often: {} ({})", word(often), firsts[often]);
    let trains = trains(&connections);
    let busiest = (0..STATIONS).max_by(|&a, &b| trains[a].total_cmp(&trains[b]));
    println!("{} connections, busiest {}", connections.len(), word(busiest.expect("stations")));
}
