//! Plans the shots of a film that need a certain light: for each request a day is looked for on
//! which the sun stands right at its place for long enough and the crew is free.

use truth::Random;

const PLACES: usize = 24;
const REQUESTS: usize = 4_200;
const CREWS: usize = 40;
const DAYS: u32 = 365;

struct Place {
    latitude: f64,
    /// Height of what stands in the way, for 36 directions.
    horizon: [f64; 36],
}

struct Request {
    place: usize,
    crew: usize,
    earliest: u32,
    light: Light,
    minutes: u32,
}

#[derive(Clone, Copy, PartialEq)]
enum Light {
    /// The sun is low.
    Golden,
    /// The sun is just gone.
    Blue,
    Day,
}

impl Light {
    fn has(self, degrees: f64) -> bool {
        match self {
            Light::Golden => (0.0..7.0).contains(&degrees),
            Light::Blue => (-6.0..-3.0).contains(&degrees),
            Light::Day => degrees > 15.0,
        }
    }
}

/// Where the sun stands: height and direction, in degrees.
fn sun(latitude: f64, day: u32, minute: u32) -> (f64, f64) {
    let year = f64::from(day) / 365.0 * std::f64::consts::TAU;
    let declination = -0.4091 * (year + 0.172).cos();
    let hour = (f64::from(minute) - 720.0) / 1440.0 * std::f64::consts::TAU;
    let (slat, clat) = latitude.to_radians().sin_cos();
    let (sdec, cdec) = declination.sin_cos();
    let height = (slat * sdec + clat * cdec * hour.cos()).asin();
    let direction = hour.sin().atan2(hour.cos() * slat - sdec / cdec * clat);
    (height.to_degrees(), direction.to_degrees() + 180.0)
}

/// Minutes of a light at a place on a day.
fn minutes_of(light: Light, place: &Place, day: u32) -> u32 {
    let is_lit = |minute: &u32| {
        let (height, direction) = sun(place.latitude, day, *minute);
        let above = height - place.horizon[(direction / 10.0) as usize % 36];
        light.has(if light == Light::Blue { height } else { above })
    };
    (0..1440).step_by(5).filter(is_lit).count() as u32 * 5
}

/// When each crew is away.
struct Calendar {
    away: Vec<Vec<(u32, u32)>>,
    shots: Vec<[u8; DAYS as usize]>,
}

impl Calendar {
    fn is_free(&self, crew: usize, day: u32) -> bool {
        let away = self.away[crew].iter().any(|&(from, to)| (from..to).contains(&day));
        !away && self.shots[crew][day as usize] < 2
    }
}

fn first_day(request: &Request, places: &[Place], calendar: &Calendar) -> Option<u32> {
    let place = &places[request.place];
    (request.earliest..DAYS)
        .filter(|&day| calendar.is_free(request.crew, day))
        .find(|&day| minutes_of(request.light, place, day) >= request.minutes)
}

/// Kilometres that all crews drive in the order of their days, with the best of two orders a day.
fn driven(days: &[(usize, u32, usize)]) -> u64 {
    let apart = |a: usize, b: usize| a.abs_diff(b) as u64 * 23 + (a * b) as u64 % 40;
    let mut days = days.to_vec();
    days.sort_unstable();
    days.windows(2)
        .filter(|pair| pair[0].0 == pair[1].0)
        .map(|pair| apart(pair[0].2, pair[1].2))
        .sum()
}

fn requests(random: &mut Random) -> Vec<Request> {
    let lights = [Light::Golden, Light::Blue, Light::Day];
    let request = |_| Request {
        place: random.skewed(PLACES),
        crew: random.below(CREWS),
        earliest: random.below(300) as u32,
        light: lights[random.below(3)],
        minutes: 20 + 5 * random.skewed(16) as u32,
    };
    (0..REQUESTS).map(request).collect()
}

fn main() {
    let mut random = Random::new(510);
    let place = |_| Place {
        latitude: 36.0 + 24.0 * random.unit(),
        horizon: std::array::from_fn(|_| 9.0 * random.unit()),
    };
    let places: Vec<Place> = (0..PLACES).map(place).collect();
    let away = |_| (0..6).map(|_| random.below(360) as u32).map(|day| (day, day + 9)).collect();
    let away = (0..CREWS).map(away).collect();
    let mut calendar = Calendar { away, shots: vec![[0; DAYS as usize]; CREWS] };
    let (mut planned, mut waited) = (Vec::new(), 0);
    for request in requests(&mut random) {
        if let Some(day) = first_day(&request, &places, &calendar) {
            calendar.shots[request.crew][day as usize] += 1;
            waited += day - request.earliest;
            planned.push((request.crew, day, request.place));
        }
    }
    println!("{} of {REQUESTS} shots planned, {waited} days later", planned.len());
    // Which crew goes to which shot is tried in many exchanges.
    let mut best = driven(&planned);
    for _ in 0..12_000 {
        let (a, b) = (random.below(planned.len()), random.below(planned.len()));
        if planned[a].1 == planned[b].1 || planned[a].2 == planned[b].2 {
            let mut other = planned.clone();
            (other[a].0, other[b].0) = (planned[b].0, planned[a].0);
            let length = driven(&other);
            if length < best {
                (best, planned) = (length, other);
            }
        }
    }
    println!("{best} km");
}
