//! Watches the ground at a row of stations: unpacks what they send, notices where it shakes, and
//! locates the earthquake.

use truth::Random;

const STATIONS: usize = 10;
const PACKETS: usize = 11_000;
/// Samples that the longest packet may have.
const LONGEST: usize = 32_000;
/// Samples of the window with which the last few are compared.
const LONG: usize = 2_400;
const SHORT: usize = 40;
const GRID: usize = 144;

/// The ground's speed in three directions.
struct Shaking {
    north: Vec<i32>,
    east: Vec<i32>,
    up: Vec<i32>,
    samples: usize,
}

/// The recent past of a station.
struct Window {
    recent: Vec<u32>,
    sum: u64,
    shaking: bool,
}

impl Shaking {
    /// Adds up the differences of which a packet consists, one byte each, three to a sample.
    fn unpacked(packet: &[u8]) -> Shaking {
        let mut north = vec![0; LONGEST];
        let mut east = vec![0; LONGEST];
        let mut up = vec![0; LONGEST];
        let mut last = [0; 3];
        let samples = packet.len() / 3;
        for (at, differences) in packet.chunks_exact(3).enumerate() {
            for (last, &difference) in last.iter_mut().zip(differences) {
                *last += i32::from(difference as i8);
            }
            [north[at], east[at], up[at]] = last;
        }
        Shaking { north, east, up, samples }
    }
}

/// How strongly it shakes, without regard to the direction.
fn strength(shaking: &Shaking) -> Vec<u32> {
    let horizontal = shaking.north.iter().zip(&shaking.east);
    let all = horizontal.zip(&shaking.up).take(shaking.samples);
    all.map(|((&north, &east), &up)| ((north * north + east * east + up * up) as f32).sqrt() as u32)
        .collect()
}

impl Window {
    /// Takes in what follows and says at which sample it begins to shake.
    fn noticed(&mut self, strength: &[u32]) -> Option<usize> {
        let mut began = None;
        for (at, &sample) in strength.iter().enumerate() {
            self.recent.push(sample);
            self.sum += u64::from(sample);
            if self.recent.len() > LONG {
                self.sum -= u64::from(self.recent.remove(0));
            }
            if at % 8 == 7 && self.recent.len() == LONG {
                let last: u32 = self.recent[LONG - SHORT..].iter().sum();
                let shaking = u64::from(last) * LONG as u64 > 3 * self.sum * SHORT as u64;
                if shaking && !self.shaking {
                    began = began.or(Some(at));
                }
                self.shaking = shaking;
            }
        }
        began
    }
}

/// Where in the region the times of arrival fit best.
fn located(arrivals: &[f32; STATIONS], misfit: &mut [f32]) -> (usize, f32) {
    misfit.fill(0.0);
    for (station, &arrival) in arrivals.iter().enumerate() {
        let (x, y) = ((station * 7 % GRID) as f32, (station * 23 % GRID) as f32);
        for (row, misfits) in misfit.chunks_exact_mut(GRID).enumerate() {
            let down = row as f32 - y;
            for (column, misfit) in misfits.iter_mut().enumerate() {
                let right = column as i32 as f32 - x;
                let late = (right * right + down * down).sqrt() - arrival;
                *misfit += late * late;
            }
        }
    }
    let start = (0, f32::INFINITY);
    (0..).zip(&*misfit).fold(
        start,
        |best, (at, &misfit)| {
            if misfit < best.1 { (at, misfit) } else { best }
        },
    )
}

fn packet(random: &mut Random, quake: bool) -> Vec<u8> {
    let samples = 250 + random.below(500);
    let swing = if quake { 60 } else { 3 };
    let difference = |_| (random.below(2 * swing + 1) as i64 - swing as i64) as u8;
    (0..3 * samples).map(difference).collect()
}

fn main() {
    let mut random = Random::new(1906);
    let window = |_| Window { recent: Vec::new(), sum: 0, shaking: false };
    let mut windows: Vec<Window> = (0..STATIONS).map(window).collect();
    let mut arrivals = [20.0; STATIONS];
    let mut misfit = vec![0.0; GRID * GRID];
    let (mut quakes, mut places, mut misfits) = (0, 0, 0.0);
    for number in 0..PACKETS {
        let packet = packet(&mut random, number % 31 < 2);
        let station = number % STATIONS;
        let strength = strength(&Shaking::unpacked(&packet));
        if let Some(sample) = windows[station].noticed(&strength) {
            quakes += 1;
            arrivals[station] = (sample % 80) as f32;
        }
        let (place, worst) = located(&arrivals, &mut misfit);
        places = (places * 31 + place) % 1_000_003;
        misfits += f64::from(worst);
    }
    println!("{quakes} times it shook, places {places}, misfits {misfits:.1}");
}
