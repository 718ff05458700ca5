//! Distances and driving times of a fleet, from what the receivers in its vehicles recorded, and a
//! simple line of each trip for the map.

use truth::Random;

const VEHICLES: u64 = 76;
const FIXES: usize = 400_000;
/// Fixes of which one is drawn on the map.
const DRAWN: usize = 2;

/// What a receiver says: where it is, in millionths of a degree.
struct Fix {
    time: u32,
    east: i32,
    north: i32,
    satellites: u8,
}

#[derive(Clone, Copy)]
struct Point {
    time: f64,
    x: f64,
    y: f64,
}

struct Leg {
    seconds: f64,
    metres: f64,
}

#[derive(Default)]
struct Trip {
    metres: f64,
    seconds: f64,
    fastest: f64,
    legs: usize,
}

fn usable(fixes: &[Fix]) -> Vec<&Fix> {
    fixes.iter().filter(|fix| fix.satellites >= 4).collect()
}

fn in_metres(fixes: &[&Fix], shrink: f64) -> Vec<Point> {
    fixes.iter().map(|fix| in_plane(fix, shrink)).collect()
}

fn in_plane(fix: &Fix, shrink: f64) -> Point {
    let (x, y) = (f64::from(fix.east) * 0.111_32 * shrink, f64::from(fix.north) * 0.110_57);
    Point { time: f64::from(fix.time), x, y }
}

/// The steps from each point to the next.
fn legs(points: &[Point]) -> Vec<Leg> {
    let step = |pair: &[Point]| Leg {
        seconds: pair[1].time - pair[0].time,
        metres: distance(pair[0], pair[1]),
    };
    points.windows(2).map(step).collect()
}

fn distance(a: Point, b: Point) -> f64 {
    ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).sqrt()
}

/// Without those that no vehicle can drive.
fn plausible(legs: &[Leg]) -> Vec<&Leg> {
    legs.iter().filter(|leg| leg.metres < 70.0 * leg.seconds).collect()
}

/// Without standing still.
fn moving<'l>(legs: &[&'l Leg]) -> Vec<&'l Leg> {
    legs.iter().copied().filter(|leg| leg.metres > 0.5 * leg.seconds).collect()
}

fn driven(fixes: &[Fix], shrink: f64) -> Trip {
    let usable = usable(fixes);
    let points = in_metres(&usable, shrink);
    let legs = legs(&points);
    let plausible = plausible(&legs);
    let moving = moving(&plausible);
    let mut trip = Trip::default();
    for leg in moving {
        trip.metres += leg.metres;
        trip.seconds += leg.seconds;
        trip.fastest = trip.fastest.max(leg.metres / leg.seconds);
        trip.legs += 1;
    }
    trip
}

/// Distance of a point from the line through two others, times the length of that line.
fn beside(point: Point, from: Point, to: Point) -> f64 {
    ((to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x)).abs()
}

/// Points that a line needs which is nowhere farther from the trip than so many metres.
fn simplified(points: &[Point], tolerance: f64) -> usize {
    let [from, between @ .., to] = points else { return 0 };
    let mut farthest = (0.0, 0);
    for (at, &point) in between.iter().enumerate() {
        let apart = beside(point, *from, *to);
        if apart > farthest.0 {
            farthest = (apart, at + 1);
        }
    }
    if farthest.0 <= tolerance * distance(*from, *to) {
        return 1;
    }
    simplified(&points[..=farthest.1], tolerance) + simplified(&points[farthest.1..], tolerance)
}

fn recording(random: &mut Random) -> Vec<Fix> {
    let (mut east, mut north) = (13_400_000, 52_500_000);
    let (mut right, mut up) = (40, 60);
    let mut fixes = Vec::with_capacity(FIXES);
    for time in 0..FIXES as u32 {
        let number = random.number();
        if number.is_multiple_of(64) {
            right = (number >> 10) as i32 % 200 - 100;
            up = (number >> 20) as i32 % 160 - 80;
        }
        if number % 256 > 70 {
            east += right + (number >> 40 & 7) as i32;
            north += up + (number >> 44 & 7) as i32;
        }
        let noise = if number >> 50 & 127 == 0 { 4000 } else { 0 };
        let satellites = 3 + (number >> 58) as u8 / 4;
        fixes.push(Fix { time, east: east + noise, north, satellites });
    }
    fixes
}

fn main() {
    let mut random = Random::new(77);
    let shrink = 52.5_f64.to_radians().cos();
    let (mut metres, mut hours, mut fastest, mut legs, mut drawn) = (0.0, 0.0, 0.0_f64, 0, 0);
    for _ in 0..VEHICLES {
        let fixes = recording(&mut random);
        let trip = driven(&fixes, shrink);
        metres += trip.metres;
        hours += trip.seconds / 3600.0;
        fastest = fastest.max(trip.fastest);
        legs += trip.legs;
        let line: Vec<Point> =
            fixes.iter().step_by(DRAWN).map(|fix| in_plane(fix, shrink)).collect();
        for tolerance in [40.0, 15.0] {
            drawn += simplified(&line, tolerance);
        }
    }
    println!("{:.1} km in {hours:.1} h, {legs} legs, at most {fastest:.1} m/s", metres / 1000.0);
    println!("{drawn} points on maps of two scales");
}
