//! Buses of a depot: each has all that is known of it, and lists of those that are out are gone
//! through again and again. Prints how far they went.

use truth::Random;

const BUSES: usize = 120_000;

struct Bus {
    plate: [u8; 12],
    seats: u32,
    bought: u64,
    driver: [u8; 40],
    metres: u64,
    fuel: f64,
    tyres: [u16; 8],
    services: [u64; 6],
}

/// The metres of buses in some order.
fn driven(buses: &[Bus], order: &[u32]) -> u64 {
    let mut metres = 0;
    for &at in order {
        let bus = &buses[at as usize];
        if bus.seats > 30 {
            metres += bus.metres;
        }
    }
    metres
}

fn queue(random: &mut Random, waiting: &mut [u32; 512]) -> u32 {
    for _ in 0..60_000 {
        let bits = random.number();
        let at = (bits >> 55) as usize;
        waiting[at] = waiting[at].max((bits & 0xfff) as u32);
    }
    waiting[7]
}

fn main() {
    let mut random = Random::new(1_895);
    let buses: Vec<Bus> = (0..BUSES)
        .map(|at| Bus {
            plate: [at as u8; 12],
            seats: 20 + random.below(60) as u32,
            bought: random.number(),
            driver: [b'a'; 40],
            metres: random.number() >> 40,
            fuel: random.unit(),
            tyres: [7; 8],
            services: [at as u64; 6],
        })
        .collect();
    let mut order: Vec<u32> = (0..BUSES as u32).collect();
    for at in 1..order.len() {
        order.swap(at, random.below(at + 1));
    }
    let (mut metres, mut queues, mut waiting) = (0_u64, 0, [0; 512]);
    for _ in 0..900 {
        metres ^= driven(&buses, &order);
        queues ^= queue(&mut random, &mut waiting);
    }
    let rest = buses.iter().map(|bus| {
        let [plate, driver] = [bus.plate[0], bus.driver[0]].map(u64::from);
        plate
            + driver
            + bus.bought % 3
            + u64::from(bus.tyres[0])
            + bus.services[1]
            + bus.fuel as u64
    });
    println!("{metres} {queues} {}", rest.sum::<u64>());
}
