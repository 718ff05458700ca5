//! How loud a town's streets are: microphones on lamp posts, and what the noise act asks of them.
//!
//! The act knows the mean level, which is one of energies, and the level that is exceeded nine
//! tenths of the time. Nights weigh more than days, and what stands out is looked at as an event.

use truth::{Random, word};

const STREETS: usize = 1_900;
const HOURS: usize = 24;
/// Readings in an hour, one each three seconds.
const READINGS: usize = 1_200;

struct Street {
    name: String,
    traffic: f32,
    width: f32,
}

#[derive(Clone, Copy, Default)]
struct Hour {
    mean: f32,
    quiet: f32,
    events: u32,
}

fn streets(random: &mut Random) -> Vec<Street> {
    let street = |number| Street {
        name: word(number * 3 + 1),
        traffic: random.skewed(900) as f32 + 4.0,
        width: 6.0 + random.below(20) as f32,
    };
    (0..STREETS).map(street).collect()
}

/// Levels of an hour: a ground, and cars that come near and go away.
fn hour(street: &Street, hour: usize, random: &mut Random, levels: &mut [f32]) {
    let busy = [0.1, 0.05, 0.05, 0.05, 0.1, 0.4, 0.9, 1.0][hour.min(23 - hour) % 8];
    let cars = street.traffic * busy / READINGS as f32;
    let ground = 34.0 + 8.0 * busy - street.width * 0.1;
    // Cars of both directions, and the louder one is heard.
    let mut lanes = [0.0_f32; 2];
    for level in levels {
        for car in &mut lanes {
            let dice = random.number();
            *car *= 0.7;
            if (dice as u32 as f32) < cars * u32::MAX as f32 {
                *car = 26.0 + (dice >> 60) as f32;
            }
        }
        let noise = random.number() as u16;
        *level = ground + lanes[0].max(lanes[1]) + f32::from(noise) * 1e-4;
    }
}

/// Decibels to the energy that they stand for, by steps of a sixteenth.
struct Energies(Vec<f32>);

impl Energies {
    fn new() -> Energies {
        Energies((0..2_048).map(|step| 10_f32.powf(step as f32 / 160.0)).collect())
    }

    fn of(&self, level: f32) -> f32 {
        self.0[((level * 16.0) as usize).min(2_047)]
    }
}

/// The mean level: energies in lanes, so that none waits for the one before.
fn mean(levels: &[f32], energies: &Energies) -> f32 {
    let mut lanes = [0.0; 8];
    let (rows, rest) = levels.as_chunks::<8>();
    for row in rows {
        for (lane, &level) in lanes.iter_mut().zip(row) {
            *lane += energies.of(level);
        }
    }
    let rest: f32 = rest.iter().map(|&level| energies.of(level)).sum();
    10.0 * ((lanes.iter().sum::<f32>() + rest) / levels.len() as f32).log10()
}

/// The level that is exceeded nine tenths of the time.
fn quiet(levels: &[f32]) -> f32 {
    let mut levels = levels.to_vec();
    levels.sort_unstable_by(f32::total_cmp);
    levels[levels.len() / 10]
}

/// Times at which the level rose by ten above the quiet one.
fn events(levels: &[f32], quiet: f32) -> u32 {
    let rises = levels.array_windows().map(|[a, b]| *a <= quiet + 10.0 && *b > quiet + 10.0);
    rises.map(u32::from).sum()
}

/// Readings of each whole decibel, of all streets together.
fn count(levels: &[f32], decibels: &mut [u32; 128]) {
    for &level in levels {
        decibels[(level as usize).min(127)] += 1;
    }
}

/// One number for a day, in which evenings count five decibels more and nights ten.
fn day_evening_night(hours: &[Hour; HOURS]) -> f32 {
    let energy = hours.iter().enumerate().map(|(hour, Hour { mean, .. })| {
        let more = match hour {
            7..19 => 0.0,
            19..23 => 5.0,
            _ => 10.0,
        };
        10_f32.powf((mean + more) / 10.0)
    });
    10.0 * (energy.sum::<f32>() / HOURS as f32).log10()
}

/// Streets whose days are alike: their hours' means, rounded, grouped.
fn alike(days: &[[Hour; HOURS]]) -> usize {
    let mut shapes: Vec<[i16; HOURS]> =
        days.iter().map(|day| day.map(|hour| (hour.mean / 6.0).round() as i16)).collect();
    shapes.sort_unstable();
    shapes.dedup();
    shapes.len()
}

fn main() {
    let mut random = Random::new(813);
    let streets = streets(&mut random);
    let energies = Energies::new();
    let mut levels = vec![0.0; READINGS];
    let mut decibels = [0; 128];
    let mut days = Vec::with_capacity(STREETS);
    for street in &streets {
        let mut day = [Hour::default(); HOURS];
        for (number, result) in day.iter_mut().enumerate() {
            hour(street, number, &mut random, &mut levels);
            count(&levels, &mut decibels);
            let quiet = quiet(&levels);
            let mean = mean(&levels, &energies);
            *result = Hour { mean, quiet, events: events(&levels, quiet) };
        }
        days.push(day);
    }

    let indices: Vec<f32> = days.iter().map(day_evening_night).collect();
    let mut order: Vec<usize> = (0..STREETS).collect();
    order.sort_by(|&a, &b| indices[b].total_cmp(&indices[a]));
    let usual = (0..128).max_by_key(|&level| decibels[level]).expect("decibels");
    println!("{} shapes of days, mostly {usual} dB", alike(&days));
    for &street in &order[..6] {
        let events: u32 = days[street].iter().map(|hour| hour.events).sum();
        let night = days[street][2].quiet;
        let name = &streets[street].name;
        println!("{name:10} {:.2} dB, {events} events, night {night:.2}", indices[street]);
    }
    let calm = order.iter().filter(|&&street| indices[street] < 50.0).count();
    println!("{calm} streets are calm");
}
