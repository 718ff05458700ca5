//! A web site's report of where its visitors come from: reads the log, and asks the daemon that
//! knows the owners of addresses, over its local socket.

use std::io::{self, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::thread;

use foldhash::fast::RandomState;
use hashbrown::HashMap;
use truth::Random;

const COUNTRIES: usize = 240;

struct Range {
    first: u32,
    country: u16,
}

/// Who owns which addresses.
struct Owners {
    ranges: Vec<Range>,
}

impl Owners {
    fn load(count: usize) -> Owners {
        let mut random = Random::new(33);
        let step = u32::MAX / count as u32;
        let range = |at: usize| Range {
            first: at as u32 * step + random.below(step as usize / 2) as u32,
            country: random.skewed(COUNTRIES) as u16,
        };
        Owners { ranges: (0..count).map(range).collect() }
    }

    fn country(&self, address: u32) -> u16 {
        let after = self.ranges.partition_point(|range| range.first <= address);
        after.checked_sub(1).map_or(u16::MAX, |at| self.ranges[at].country)
    }
}

/// The daemon: for each list of addresses, as many countries. A list has its length before it.
fn serve(stream: UnixStream, owners: &Owners) -> io::Result<()> {
    let mut input = BufReader::new(stream.try_clone()?);
    let mut output = stream;
    let mut answer = Vec::new();
    loop {
        let mut word = [0; 4];
        match input.read_exact(&mut word) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error),
        }
        answer.clear();
        for _ in 0..u32::from_le_bytes(word) {
            input.read_exact(&mut word)?;
            answer.extend(owners.country(u32::from_le_bytes(word)).to_le_bytes());
        }
        output.write_all(&answer)?;
    }
}

/// The program's end of the daemon's socket.
struct Daemon {
    stream: UnixStream,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Daemon {
    fn ask(&mut self, addresses: &[u32]) -> io::Result<Vec<u16>> {
        self.request.clear();
        self.request.extend((addresses.len() as u32).to_le_bytes());
        self.request.extend(addresses.iter().flat_map(|address| address.to_le_bytes()));
        self.stream.write_all(&self.request)?;
        self.answer.resize(addresses.len() * 2, 0);
        self.stream.read_exact(&mut self.answer)?;
        Ok(self.answer.as_chunks().0.iter().map(|&pair| u16::from_le_bytes(pair)).collect())
    }

    fn country(&mut self, address: u32) -> io::Result<u16> {
        Ok(self.ask(&[address])?[0])
    }
}

fn log(lines: usize) -> String {
    let mut random = Random::new(34);
    let mut log = String::new();
    for at in 0..lines {
        let [a, b, c, d] =
            ((random.skewed(90_000) as u32).wrapping_mul(2_654_435_761)).to_be_bytes();
        let (second, bytes) = (at / 9, 200 + random.skewed(90_000));
        let page = truth::word(random.skewed(800));
        log += &format!("{a}.{b}.{c}.{d} - - [{second}] \"GET /{page} HTTP/1.1\" 200 {bytes}\n");
    }
    log
}

struct Visit<'a> {
    address: u32,
    page: &'a str,
    bytes: u64,
}

fn visit(line: &str) -> Option<Visit<'_>> {
    let (address, rest) = line.split_once(' ')?;
    let mut number = 0u32;
    for part in address.split('.') {
        number = number << 8 | u32::from(part.parse::<u8>().ok()?);
    }
    let (_, rest) = rest.split_once("GET /")?;
    let (page, rest) = rest.split_once(' ')?;
    let (_, bytes) = rest.rsplit_once(' ')?;
    Some(Visit { address: number, page, bytes: bytes.parse().ok()? })
}

#[derive(Clone, Copy, Default)]
struct Origin {
    visits: u64,
    bytes: u64,
    long: u64,
}

fn main() -> io::Result<()> {
    let log = log(1_200_000);
    let owners = Owners::load(300_000);
    let (near, far) = UnixStream::pair()?;
    let origins = thread::scope(|scope| {
        let daemon = scope.spawn(|| serve(far, &owners));
        let mut client = Daemon { stream: near, request: Vec::new(), answer: Vec::new() };
        let mut known: HashMap<u32, u16, RandomState> = HashMap::default();
        let mut origins = vec![Origin::default(); COUNTRIES];
        for visit in log.lines().filter_map(visit) {
            let country = match known.get(&visit.address) {
                Some(&country) => country,
                None => {
                    let country = client.country(visit.address)?;
                    known.insert(visit.address, country);
                    country
                }
            };
            if let Some(origin) = origins.get_mut(usize::from(country)) {
                origin.visits += 1;
                origin.bytes += visit.bytes;
                origin.long += u64::from(visit.page.len() > 6);
            }
        }
        drop(client);
        daemon.join().expect("the daemon ends with its stream")?;
        io::Result::Ok(origins)
    })?;
    let mut order: Vec<usize> = (0..COUNTRIES).collect();
    order.sort_by_key(|&country| std::cmp::Reverse(origins[country].visits));
    for &country in &order[..5] {
        let Origin { visits, bytes, long } = origins[country];
        println!("country {country}: {visits} visits, {bytes} bytes, {long} of long names");
    }
    Ok(())
}
