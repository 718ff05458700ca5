//! A solar park's panels: what low sun leaves in the shade, and which moments were alike.

use truth::{Random, word};

const PANELS: usize = 1_400_000;
const HEIGHTS: usize = 180;
const MOMENTS: usize = 60;
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
    /// Tenths of degrees.
    tilt: u32,
    azimuth: u32,
    /// Centimetres to the next box.
    cable: u32,
    /// Square decimetres.
    area: u32,
    /// Tenths of degrees that the sun must be high, so that the row before casts no shadow.
    horizon: u32,
    watts: u32,
    warranty: u64,
    cleaned: u64,
    repaired: u64,
    insured: u64,
    inspector: u64,
}

fn panels(random: &mut Random) -> Vec<Panel> {
    let panel = |number: usize| {
        let dice = random.number();
        let bits = |at: u32, count: u32| (dice >> at) as u32 & ((1 << count) - 1);
        Panel {
            serial: dice,
            built: 2_010 + bits(0, 4),
            string: (number * STRINGS / PANELS) as u32,
            row: number as u32 / 1_000,
            column: number as u32 % 1_000,
            maker: bits(4, 5),
            price: 90 + bits(9, 7),
            tilt: 200 + bits(16, 7),
            azimuth: 1_700 + bits(20, 8),
            cable: 100 + bits(25, 10),
            area: 150 + bits(42, 6),
            horizon: 20 + bits(33, 9),
            watts: 300 + bits(40, 7),
            warranty: 20_000 + u64::from(bits(48, 12)),
            cleaned: 19_000 + u64::from(bits(50, 9)),
            repaired: dice >> 60,
            insured: dice >> 59 & 1,
            inspector: dice >> 55 & 15,
        }
    };
    (0..PANELS).map(panel).collect()
}

/// Watts of all panels that have light when the sun is so high.
fn lit(panels: &[Panel], height: u32) -> u64 {
    let lit = panels.iter().filter(|panel| panel.horizon <= height);
    lit.map(|panel| u64::from(panel.watts)).sum()
}

/// Which panels were silent at a moment, as their boxes sent it: whole rows together, and others
/// here and there.
fn silent(moment: usize, random: &mut Random) -> Vec<bool> {
    let mut list = Vec::with_capacity(PANELS);
    for row in 0..PANELS / 1_000 {
        let dark = (row * 7 + moment * 5) % 23 < 6;
        let mut sent = 0;
        list.extend((0..1_000).map(|at| {
            if at % 32 == 0 {
                sent = random.number();
            }
            sent >>= 2;
            dark || sent & 3 == 0
        }));
    }
    list
}

/// Panels that were silent at both moments.
fn both(one: &[bool], other: &[bool]) -> usize {
    one.iter().zip(other).filter(|&(&one, &other)| one && other).count()
}

/// How alike moments are, two by two: those silent at both, of those silent at any of the two.
fn alike(moments: &[Vec<bool>]) -> Vec<(f64, usize, usize)> {
    let counts: Vec<usize> = moments.iter().map(|list| both(list, list)).collect();
    let mut pairs = Vec::new();
    for later in 0..moments.len() {
        for earlier in 0..later {
            let both = both(&moments[earlier], &moments[later]);
            let any = counts[earlier] + counts[later] - both;
            pairs.push((both as f64 / any as f64, earlier, later));
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    pairs
}

/// Each string's worth: what its panels cost, by age and aim, less the losses in its cables; and
/// how many of its panels somebody should look at.
fn worth(panels: &[Panel]) -> Vec<(f64, usize)> {
    let ages: Vec<f64> = (0..32).map(|age| 0.94_f64.powi(age)).collect();
    let mut worth = vec![(0.0, 0); STRINGS];
    for panel in panels {
        let age = 2_026 - panel.built;
        let aim = panel.tilt.abs_diff(320) + panel.azimuth.abs_diff(1_800);
        let aim = (f64::from(aim) / 573.0).cos();
        let loss = 1e-6 * f64::from(panel.cable * panel.area);
        let (sum, odd) = &mut worth[panel.string as usize];
        *sum += f64::from(panel.price) * (ages[age as usize] * aim - loss);
        let overdue = panel.cleaned + panel.repaired < 19_100 && panel.warranty > 22_000;
        let known = panel.insured < 2 && panel.inspector < 12 && panel.serial > 0;
        *odd += usize::from(overdue && known && (panel.row + panel.column + panel.maker) % 3 == 0);
    }
    worth
}

fn main() {
    let mut random = Random::new(815);
    let panels = panels(&mut random);
    let watts: Vec<u64> = (0..HEIGHTS).map(|height| lit(&panels, height as u32 * 3)).collect();
    let whole = watts[HEIGHTS - 1];
    let half = watts.iter().position(|&watts| watts > whole / 2).expect("light");
    println!("{whole} W at noon, half of it at {:.1} degrees", half as f64 * 0.3);

    let moments: Vec<Vec<bool>> = (0..MOMENTS).map(|moment| silent(moment, &mut random)).collect();
    let pairs = alike(&moments);
    for (share, earlier, later) in &pairs[..4] {
        println!("moments {earlier:2} and {later:2}: {share:.4}");
    }
    println!("least alike: {:.4}", pairs[pairs.len() - 1].0);

    let worth = worth(&panels);
    let mut order: Vec<usize> = (0..STRINGS).collect();
    order.sort_by(|&a, &b| worth[a].0.total_cmp(&worth[b].0));
    for &string in &order[..4] {
        println!("{:10} {:.3}, {} odd", word(string), worth[string].0, worth[string].1);
    }
}
