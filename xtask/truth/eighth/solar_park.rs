//! A solar park's panels: what dust and clouds cost, and which panels the crew should look at.

use truth::{Random, word};

const PANELS: usize = 700_000;
const LEVELS: usize = 70;
const HOURS: usize = 14;
const STRINGS: usize = 2_000;

/// A panel, as the park's register has it.
struct Panel {
    serial: u64,
    built: u32,
    string: u32,
    row: u32,
    column: u32,
    maker: u32,
    price: u32,
    tilt: f32,
    azimuth: f32,
    cable: f32,
    /// Watts per square metre below which the inverter takes nothing.
    starts: u32,
    /// Square decimetres.
    area: u32,
    warranty: u64,
    cleaned: u64,
    repaired: u64,
    insured: u64,
    inspector: u64,
    note: u64,
}

fn panels(random: &mut Random) -> Vec<Panel> {
    let panel = |number: usize| {
        let dice = random.number();
        Panel {
            serial: dice,
            built: 2_010 + (dice & 15) as u32,
            string: (number * STRINGS / PANELS) as u32,
            row: number as u32 / 1_000,
            column: number as u32 % 1_000,
            maker: (dice >> 4 & 31) as u32,
            price: 90 + (dice >> 9 & 127) as u32,
            tilt: 20.0 + (dice >> 16 & 15) as f32,
            azimuth: 170.0 + (dice >> 20 & 31) as f32,
            cable: (dice >> 25 & 255) as f32,
            starts: 40 + (dice >> 33 & 511) as u32,
            area: 150 + (dice >> 42 & 63) as u32,
            warranty: 20_000 + (dice >> 48 & 4_095),
            cleaned: 19_000 + (dice >> 50 & 511),
            repaired: dice >> 60,
            insured: dice >> 59 & 1,
            inspector: dice >> 55 & 15,
            note: 0,
        }
    };
    (0..PANELS).map(panel).collect()
}

/// Power in milliwatts that is lost if the light falls to a level.
fn lost(panels: &[Panel], level: u32) -> u64 {
    let lost = |panel: &Panel| {
        u64::from(panel.starts.saturating_sub(level)) * u64::from(panel.area)
    };
    panels.iter().map(lost).sum()
}

/// What is said of each panel in an hour, a list for each thing that can be said.
struct Marks {
    warm: Vec<bool>,
    dusty: Vec<bool>,
    shaded: Vec<bool>,
    silent: Vec<bool>,
}

impl Marks {
    fn new() -> Marks {
        let list = || vec![false; PANELS];
        Marks { warm: list(), dusty: list(), shaded: list(), silent: list() }
    }

    /// Hears what the panels' boxes send: four bits for each, of which one comes by rows.
    fn hear(&mut self, hour: usize, random: &mut Random) {
        let mut sent = 0;
        for at in 0..PANELS {
            if at % 8 == 0 {
                sent = random.number();
            }
            let bits = sent >> (at % 8 * 8);
            self.warm[at] = bits & 3 > 0;
            self.dusty[at] = bits & 12 < 8;
            self.shaded[at] = (at / 1_000 + hour) % 7 < 4;
            self.silent[at] = bits & 0x70 < 0x30;
        }
    }

    /// The panels of which all three things were said.
    fn all_of(&self, lists: [&[bool]; 3], found: &mut Vec<u32>) {
        let [one, two, three] = lists;
        let said = one.iter().zip(two).zip(three).map(|((&a, &b), &c)| a && b && c);
        found.clear();
        found.extend((0..).zip(said).filter(|&(_, said)| said).map(|(at, _)| at));
    }
}

/// A way for the crew: rows in order, and back and forth within them.
fn way(found: &[u32]) -> u64 {
    let mut metres = 0;
    let mut place = 0_u32;
    for row in found.chunk_by(|a, b| a / 1_000 == b / 1_000) {
        let (first, last) = (row[0] % 1_000, row[row.len() - 1] % 1_000);
        let (near, far) = if place.abs_diff(first) < place.abs_diff(last) {
            (first, last)
        } else {
            (last, first)
        };
        metres += u64::from(place.abs_diff(near) + near.abs_diff(far)) + 4;
        place = far;
    }
    metres
}

/// Each string's worth: what its panels cost, by age, and the losses in its cables.
fn worth(panels: &[Panel]) -> Vec<(f64, usize)> {
    let mut worth = vec![(0.0, 0); STRINGS];
    for panel in panels {
        let age = f64::from(2_026 - panel.built);
        let aim = f64::from(panel.tilt - 32.0).abs() + f64::from(panel.azimuth - 180.0).abs();
        let kept = 0.94_f64.powi(age as i32) * (1.0 - 0.002 * aim) - 0.0004 * f64::from(panel.cable);
        let (sum, odd) = &mut worth[panel.string as usize];
        *sum += f64::from(panel.price) * kept;
        let overdue = panel.cleaned + panel.repaired < 19_100 && panel.warranty > 22_000;
        let known = panel.insured + panel.note < 2 && panel.inspector < 12 && panel.serial > 0;
        *odd += usize::from(overdue && known && (panel.row + panel.column + panel.maker) % 3 == 0);
    }
    worth
}

fn main() {
    let mut random = Random::new(815);
    let panels = panels(&mut random);
    let losses: Vec<u64> = (0..LEVELS).map(|level| lost(&panels, level as u32 * 8)).collect();
    let half = losses.iter().position(|&lost| lost < losses[0] / 2);
    println!("dark: {} mW; half of it at {:?}", losses[0], half.map(|level| level * 8));

    let mut marks = Marks::new();
    let mut found = Vec::new();
    for hour in 0..HOURS {
        marks.hear(hour, &mut random);
        let Marks { warm, dusty, shaded, silent } = &marks;
        let asked = [
            [warm, dusty, silent],
            [dusty, shaded, silent],
            [warm, shaded, silent],
            [warm, dusty, shaded],
        ];
        let mut metres = 0;
        for lists in asked {
            marks.all_of(lists.map(Vec::as_slice), &mut found);
            metres += way(&found);
        }
        if hour % 4 == 0 {
            println!("hour {hour:2}: {} panels at last, {metres} m in all", found.len());
        }
    }

    let worth = worth(&panels);
    let mut order: Vec<usize> = (0..STRINGS).collect();
    order.sort_by(|&a, &b| worth[a].0.total_cmp(&worth[b].0));
    let least = order[0];
    println!("least worth: {} {:.3}, {} odd", word(least), worth[least].0, worth[least].1);
}
