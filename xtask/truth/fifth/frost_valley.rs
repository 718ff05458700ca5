//! Which vineyards of a valley will freeze: cold air is made on the slopes, flows downhill, and
//! gathers in hollows. Each night of a forecast is computed minute by minute.

use rayon::prelude::*;
use truth::Random;

const CELLS: usize = 3_000;
const NIGHTS: usize = 40;
const MINUTES: usize = 600;

#[derive(Clone, Copy)]
struct Cell {
    height: f32,
    /// How much of the sky it sees.
    open: f32,
    celsius: f32,
}

/// What is forecast for a night.
struct Night {
    evening: f32,
    cloud: f32,
    wind: f32,
}

/// A profile through the valley, from one ridge to the other.
fn profile(random: &mut Random) -> Vec<Cell> {
    let cell = |at: usize| {
        let across = at as f32 / CELLS as f32 * 2.0 - 1.0;
        let height = across * across * 400.0 + random.unit() as f32 * 8.0;
        Cell { height, open: 0.5 + random.unit() as f32 / 2.0, celsius: 0.0 }
    };
    (0..CELLS).map(cell).collect()
}

fn forecast(random: &mut Random) -> Vec<Night> {
    let night = |_| Night {
        evening: 3.0 + 6.0 * random.unit() as f32,
        cloud: random.unit() as f32,
        wind: random.unit() as f32,
    };
    (0..NIGHTS).map(night).collect()
}

/// What of a neighbour's air comes over, if the neighbour lies higher.
fn inflow(cell: Cell, neighbour: Cell) -> f32 {
    let fall = (neighbour.height - cell.height).clamp(0.0, 20.0);
    fall * 0.004 * (neighbour.celsius - 0.02 - cell.celsius)
}

/// A minute later.
fn minute(cells: &[Cell], next: &mut [Cell], night: &Night) {
    next.par_iter_mut().enumerate().for_each(|(at, out)| {
        let cell = cells[at];
        let left = cells[at.saturating_sub(1)];
        let right = cells[(at + 1).min(CELLS - 1)];
        let lost = cell.open * (1.0 - night.cloud) * 0.02;
        let mixed = (left.celsius + right.celsius - 2.0 * cell.celsius) * 0.2 * night.wind;
        let flow = inflow(cell, left) + inflow(cell, right);
        out.celsius = cell.celsius - lost + mixed + flow;
    });
}

/// The coldest that each cell became.
fn coldest(profile: &[Cell], night: &Night) -> Vec<f32> {
    let mut cells = profile.to_vec();
    for cell in &mut cells {
        cell.celsius = night.evening - cell.height * 0.0065;
    }
    let mut next = cells.clone();
    let mut coldest = vec![f32::MAX; CELLS];
    for _ in 0..MINUTES {
        minute(&cells, &mut next, night);
        std::mem::swap(&mut cells, &mut next);
        for (coldest, cell) in coldest.iter_mut().zip(&cells) {
            *coldest = coldest.min(cell.celsius);
        }
    }
    coldest
}

/// What is lost on a cell of vines: nothing above a limit, all below another one, in between as an
/// ensemble of buds says, of which each has its own.
fn damage(celsius: f32, buds: &[f32]) -> f32 {
    let dead = buds.iter().filter(|&&limit| celsius < limit).count();
    dead as f32 / buds.len() as f32
}

fn main() {
    let mut random = Random::new(506);
    let profile = profile(&mut random);
    let nights = forecast(&mut random);
    let buds: Vec<f32> = (0..2_000).map(|_| -0.5 - 3.0 * random.unit() as f32).collect();
    let mut healthy = vec![1.0_f32; CELLS];
    for (number, night) in nights.iter().enumerate() {
        let coldest = coldest(&profile, night);
        let frozen = coldest.iter().filter(|&&celsius| celsius < 0.0).count();
        healthy.par_iter_mut().with_min_len(512).zip(&coldest).for_each(|(healthy, &celsius)| {
            *healthy *= 1.0 - damage(celsius, &buds);
        });
        let least = coldest.iter().fold(f32::MAX, |least, &celsius| least.min(celsius));
        println!("night {number:2}: {frozen} cells freeze, at worst {least:.1}");
    }
    let left = healthy.iter().sum::<f32>() / CELLS as f32;
    println!("{:.1} % of the buds are left", left * 100.0);
}
